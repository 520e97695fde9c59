using ILGPU.Execution;

namespace ILGPU.Runtime;

/// <summary>One-dimensional device memory.</summary>
/// <typeparam name="T">Type of the elements.</typeparam>
/// <typeparam name="TStride">The stride.</typeparam>
public sealed class MemoryBuffer1D<T, TStride> : MemoryBuffer<ArrayView1D<T, TStride>>
    where T : unmanaged
    where TStride : struct, IStride1D
{
    internal MemoryBuffer1D(MemoryBlock block)
        : base(block)
    {
    }

    /// <summary>Number of elements.</summary>
    public LongIndex1D Extent => Length;

    /// <inheritdoc/>
    public override ArrayView1D<T, TStride> View => new(new ArrayView<T>(Block, 0, Length));
}
