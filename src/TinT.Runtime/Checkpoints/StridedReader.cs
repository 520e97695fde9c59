using System.Runtime.InteropServices;

namespace TinT.Runtime.Checkpoints;

/// <summary>Reads a tensor whose elements do not follow each other in the file, such as a transposed one, as if they did.</summary>
/// <remarks>
/// A part of it at a time, as large as the block: the ranges of the last axes that fit in, and of the axis before them as much as does.
/// </remarks>
internal sealed class StridedReader
{
    private readonly PositionalFile file;
    private readonly long begin;
    private readonly int elementSize;
    private readonly IReadOnlyList<(long Size, long Stride)> axes;
    private readonly StridedBlock block;

    /// <summary>The axis of which a part takes a range; it takes all of those behind it.</summary>
    private readonly int cutAxis;

    /// <summary>Elements behind one index of that axis, and the most indices that a part has.</summary>
    private readonly long inner, most;

    /// <summary>Describes a tensor with elements.</summary>
    /// <param name="file">The file.</param>
    /// <param name="begin">Byte of the file where its first element begins.</param>
    /// <param name="elementSize">Bytes of an element: 1, 2, 4 or 8.</param>
    /// <param name="axes">Its axes, at least one.</param>
    /// <param name="block">Memory for a part.</param>
    public StridedReader(PositionalFile file, long begin, int elementSize, IReadOnlyList<(long Size, long Stride)> axes, StridedBlock block)
    {
        this.file = file;
        this.begin = begin;
        this.elementSize = elementSize;
        this.axes = axes;
        this.block = block;
        int fitting = StridedBlock.Length / elementSize;
        inner = 1;
        for (cutAxis = axes.Count - 1; cutAxis > 0 && axes[cutAxis].Size <= fitting / inner; cutAxis--)
            inner *= axes[cutAxis].Size;
        most = fitting / inner;
    }

    /// <summary>Reads elements.</summary>
    /// <param name="offset">First byte, counted from the first element in row-major order; that of an element.</param>
    /// <param name="destination">Receives as many bytes as it is long, those of whole elements.</param>
    /// <exception cref="CheckpointFormatException">The file cannot be read.</exception>
    public void Read(long offset, Span<byte> destination)
    {
        long rows = axes[cutAxis].Size, partsOfCut = (rows + most - 1) / most;
        while (!destination.IsEmpty)
        {
            (long outer, long within) = Math.DivRem(offset / elementSize, rows * inner);
            long part = within / inner / most;
            int at = (int)(within - (part * most * inner)) * elementSize;
            lock (block.Gate)
            {
                int length = (int)(Math.Min(most, rows - (part * most)) * inner) * elementSize;
                if (block.Holds != (this, (outer * partsOfCut) + part))
                {
                    block.Holds = default;
                    Fill(outer, part * most, block.Bytes[..length]);
                    block.Holds = (this, (outer * partsOfCut) + part);
                }

                int count = Math.Min(destination.Length, length - at);
                block.Bytes.Slice(at, count).CopyTo(destination);
                destination = destination[count..];
                offset += count;
            }
        }
    }

    /// <summary>Fills a part.</summary>
    /// <param name="outer">Index along the axes in front of the one that is cut, taken together.</param>
    /// <param name="row">First index along the one that is cut.</param>
    /// <param name="target">The part.</param>
    private void Fill(long outer, long row, Span<byte> target)
    {
        long start = row * axes[cutAxis].Stride;
        for (int axis = cutAxis - 1; axis >= 0; axis--)
        {
            (outer, long index) = Math.DivRem(outer, axes[axis].Size);
            start += index * axes[axis].Stride;
        }

        List<StridedWay> ways = [];
        int step = 1;
        for (int axis = axes.Count - 1; axis >= cutAxis; axis--)
        {
            int size = axis == cutAxis ? (int)(target.Length / elementSize / inner) : (int)axes[axis].Size;
            ways.Add(new StridedWay(size, axes[axis].Stride, step));
            step *= size;
        }

        StridedWay[] sorted = [.. ways.Where(way => way.Size > 1).OrderBy(way => way.Stride)];
        if (elementSize == 1)
            Fill<byte>(sorted, start, target);
        else if (elementSize == 2)
            Fill<ushort>(sorted, start, target);
        else if (elementSize == 4)
            Fill<uint>(sorted, start, target);
        else
            Fill<ulong>(sorted, start, target);
    }

    private void Fill<T>(ReadOnlySpan<StridedWay> ways, long start, Span<byte> target)
        where T : unmanaged =>
        new StridedGathering<T>(file, begin, ways, MemoryMarshal.Cast<byte, T>(block.Window), MemoryMarshal.Cast<byte, T>(target)).Run(start);
}
