using ILGPU.Execution;
using ILGPU.Runtime;

namespace ILGPU;

/// <summary>Elements one behind the other in device, shared or local memory.</summary>
/// <typeparam name="T">Type of the elements.</typeparam>
public readonly unsafe struct ArrayView<T>
    where T : unmanaged
{
    private readonly T* first;

    internal ArrayView(MemoryBlock block, long offset, long length)
    {
        Block = block;
        Offset = offset;
        Length = length;
        first = (T*)block.Pointer + offset;
    }

    /// <summary>Number of elements.</summary>
    public long Length { get; }

    /// <summary>Number of elements.</summary>
    public int IntLength => checked((int)Length);

    /// <summary>Number of elements.</summary>
    public LongIndex1D Extent => Length;

    /// <summary>Whether it has elements to refer to.</summary>
    public bool IsValid => Block is not null;

    internal MemoryBlock Block { get; }

    internal long Offset { get; }

    /// <summary>An element.</summary>
    /// <param name="index">Its index; outside of the view it fails the launch.</param>
    public ref T this[int index]
    {
        get
        {
            if ((uint)index >= (ulong)Length)
                throw GroupRun.OutOfBounds(Block, index, Length);
            return ref first[index];
        }
    }

    /// <summary>An element.</summary>
    /// <param name="index">Its index; outside of the view it fails the launch.</param>
    public ref T this[Index1D index] => ref this[index.X];

    /// <summary>An element.</summary>
    /// <param name="index">Its index; outside of the view it fails the launch.</param>
    public ref T this[long index]
    {
        get
        {
            if ((ulong)index >= (ulong)Length)
                throw GroupRun.OutOfBounds(Block, index, Length);
            return ref first[index];
        }
    }

    /// <summary>An element.</summary>
    /// <param name="index">Its index; outside of the view it fails the launch.</param>
    public ref T this[LongIndex1D index] => ref this[index.X];

    /// <summary>The same elements as a one-dimensional view.</summary>
    public static implicit operator ArrayView1D<T, Stride1D.Dense>(ArrayView<T> view) => new(view);

    /// <summary>The same elements without a stride.</summary>
    public static implicit operator ArrayView<T>(ArrayView1D<T, Stride1D.Dense> view) => view.BaseView;

    /// <summary>A part of the view.</summary>
    /// <param name="index">First element.</param>
    /// <param name="subViewLength">Number of elements.</param>
    public ArrayView<T> SubView(long index, long subViewLength)
    {
        if (index < 0 || subViewLength < 0 || index + subViewLength > Length)
            throw new ArgumentOutOfRangeException(nameof(index), FormattableString.Invariant($"Elements {index} … {index + subViewLength - 1} are not inside a view of {Length}."));
        return new ArrayView<T>(Block, Offset + index, subViewLength);
    }
}
