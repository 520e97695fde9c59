using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;
using Ilgpu.Checker.Devices;

namespace Ilgpu.Checker.Execution;

/// <summary>Where the elements of a view lie; views say so by their interface only.</summary>
internal static class ViewMemory
{
    /// <summary>Buffer of a view.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MemoryBuffer BufferOf<TView>(in TView view)
        where TView : struct, IArrayView => view.Buffer;

    /// <summary>First element of a view in its buffer, counted in elements of the view.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long OffsetOf<TView>(in TView view)
        where TView : struct, IContiguousArrayView => view.Index;

    /// <summary>Memory of a view; <see langword="null"/> for none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MemoryBlock? BlockOf<TView>(in TView view)
        where TView : struct, IArrayView => BufferOf(view) is CheckedBuffer buffer ? buffer.Block : null;
}
