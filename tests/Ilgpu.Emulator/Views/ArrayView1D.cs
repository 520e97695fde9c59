namespace ILGPU.Runtime;

/// <summary>A one-dimensional view with a stride.</summary>
/// <typeparam name="T">Type of the elements.</typeparam>
/// <typeparam name="TStride">The stride; this emulator has dense ones only.</typeparam>
public readonly struct ArrayView1D<T, TStride> : IViewArgument
    where T : unmanaged
    where TStride : struct, IStride1D
{
    internal ArrayView1D(ArrayView<T> baseView) => BaseView = baseView;

    /// <summary>The elements.</summary>
    public ArrayView<T> BaseView { get; }

    /// <summary>Number of elements.</summary>
    public long Length => BaseView.Length;

    /// <summary>Number of elements.</summary>
    public int IntLength => BaseView.IntLength;

    /// <summary>Number of elements.</summary>
    public LongIndex1D Extent => BaseView.Length;

    /// <summary>Number of elements.</summary>
    public Index1D IntExtent => BaseView.IntLength;

    /// <summary>Whether it has elements to refer to.</summary>
    public bool IsValid => BaseView.IsValid;

    Execution.MemoryBlock? IViewArgument.Block => BaseView.IsValid ? BaseView.Block : null;

    /// <summary>The stride.</summary>
    public TStride Stride => default;

    /// <summary>An element.</summary>
    /// <param name="index">Its index; outside of the view it fails the launch.</param>
    public ref T this[Index1D index] => ref BaseView[index.X];

    /// <summary>An element.</summary>
    /// <param name="index">Its index; outside of the view it fails the launch.</param>
    public ref T this[LongIndex1D index] => ref BaseView[index.X];

    /// <summary>A part of the view.</summary>
    /// <param name="index">First element.</param>
    /// <param name="extent">Number of elements.</param>
    public ArrayView1D<T, TStride> SubView(Index1D index, Index1D extent) => new(BaseView.SubView(index.X, extent.X));

    /// <summary>A part of the view.</summary>
    /// <param name="index">First element.</param>
    /// <param name="extent">Number of elements.</param>
    public ArrayView1D<T, TStride> SubView(LongIndex1D index, LongIndex1D extent) => new(BaseView.SubView(index.X, extent.X));
}
