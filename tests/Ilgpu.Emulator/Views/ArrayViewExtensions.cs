using System.Runtime.InteropServices;
using ILGPU.Execution;

namespace ILGPU.Runtime;

/// <summary>Allocation and transfers.</summary>
public static class ArrayViewExtensions
{
    /// <summary>Allocates device memory that holds the elements of an array.</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="accelerator">The device.</param>
    /// <param name="data">The elements.</param>
    public static MemoryBuffer1D<T, Stride1D.Dense> Allocate1D<T>(this Accelerator accelerator, T[] data)
        where T : unmanaged
    {
        MemoryBuffer1D<T, Stride1D.Dense> buffer = accelerator.Allocate1D<T>(data.Length);
        buffer.View.CopyFromCPU(data);
        return buffer;
    }

    /// <summary>Copies an array to the device.</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="view">As many elements as the array has.</param>
    /// <param name="data">The elements.</param>
    public static void CopyFromCPU<T>(this ArrayView1D<T, Stride1D.Dense> view, T[] data)
        where T : unmanaged
    {
        CheckLength(view.Length, data.Length);
        Elements(view, data.Length, view.Length > 0).Write(data);
    }

    /// <summary>Copies an array to the device.</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="buffer">As many elements as the array has.</param>
    /// <param name="data">The elements.</param>
    public static void CopyFromCPU<T>(this MemoryBuffer<ArrayView1D<T, Stride1D.Dense>> buffer, T[] data)
        where T : unmanaged => buffer.View.CopyFromCPU(data);

    /// <summary>Copies from the device to an array.</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="view">As many elements as the array has.</param>
    /// <param name="data">Takes the elements.</param>
    public static void CopyToCPU<T>(this ArrayView1D<T, Stride1D.Dense> view, T[] data)
        where T : unmanaged
    {
        CheckLength(view.Length, data.Length);
        Elements(view, data.Length, view.Length > 0).Read(data);
    }

    /// <summary>Copies from the device to an array.</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="buffer">As many elements as the array has.</param>
    /// <param name="data">Takes the elements.</param>
    public static void CopyToCPU<T>(this MemoryBuffer<ArrayView1D<T, Stride1D.Dense>> buffer, T[] data)
        where T : unmanaged => buffer.View.CopyToCPU(data);

    /// <summary>Copies from host memory to the device.</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="target">Where to.</param>
    /// <param name="cpuData">First element.</param>
    /// <param name="length">Number of elements.</param>
    public static void CopyFromCPU<T>(this ArrayView1D<T, Stride1D.Dense> target, ref T cpuData, long length)
        where T : unmanaged
    {
        CheckLength(target.Length, length);
        Elements(target, length, length > 0).Write(MemoryMarshal.CreateReadOnlySpan(ref cpuData, checked((int)length)));
    }

    /// <summary>Copies from the device to host memory.</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="source">Where from.</param>
    /// <param name="cpuData">Takes the first element.</param>
    /// <param name="length">Number of elements.</param>
    public static void CopyToCPU<T>(this ArrayView1D<T, Stride1D.Dense> source, ref T cpuData, long length)
        where T : unmanaged
    {
        CheckLength(source.Length, length);
        Elements(source, length, length > 0).Read(MemoryMarshal.CreateSpan(ref cpuData, checked((int)length)));
    }

    /// <summary>The elements as a new array.</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="view">The view.</param>
    public static T[] GetAsArray1D<T>(this ArrayView1D<T, Stride1D.Dense> view)
        where T : unmanaged
    {
        var data = new T[view.Length];
        view.CopyToCPU(data);
        return data;
    }

    /// <summary>The elements as a new array.</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="buffer">The buffer.</param>
    public static T[] GetAsArray1D<T>(this MemoryBuffer<ArrayView1D<T, Stride1D.Dense>> buffer)
        where T : unmanaged => buffer.View.GetAsArray1D();

    /// <summary>Sets all bytes to 0.</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="view">The view.</param>
    public static void MemSetToZero<T>(this ArrayView1D<T, Stride1D.Dense> view)
        where T : unmanaged => Elements(view, view.Length, view.Length > 0).Clear();

    /// <summary>Sets all bytes to 0.</summary>
    /// <typeparam name="TView">Type of the buffer.</typeparam>
    /// <param name="view">The buffer.</param>
    public static void MemSetToZero<TView>(this TView view)
        where TView : IContiguousArrayView => view.Clear();

    private static HostAccess<T> Elements<T>(ArrayView1D<T, Stride1D.Dense> view, long length, bool any)
        where T : unmanaged => any ? new HostAccess<T>(view.BaseView.Block, view.BaseView.Offset, length) : default;

    private static void CheckLength(long view, long data)
    {
        if (data > view)
            throw new ArgumentOutOfRangeException(nameof(data), FormattableString.Invariant($"An array of {data} elements does not fit a view of {view}."));
    }
}
