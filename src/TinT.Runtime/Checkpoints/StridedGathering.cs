using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TinT.Runtime.Checkpoints;

/// <summary>Gathers a part of a tensor from a file, in the order in which it lies there: a transposed matrix is read in long stretches too.</summary>
/// <typeparam name="T">An unsigned number as large as an element.</typeparam>
/// <param name="file">The file.</param>
/// <param name="begin">Byte of the file from which elements are counted.</param>
/// <param name="ways">The axes of the part with more than one index, those of the closest neighbours first.</param>
/// <param name="window">Room for what is read at a time.</param>
/// <param name="target">The part.</param>
internal readonly ref struct StridedGathering<T>(PositionalFile file, long begin, ReadOnlySpan<StridedWay> ways, Span<T> window, Span<T> target)
    where T : unmanaged
{
    private readonly PositionalFile file = file;
    private readonly long begin = begin;
    private readonly ReadOnlySpan<StridedWay> ways = ways;
    private readonly Span<T> window = window;
    private readonly Span<T> target = target;

    /// <summary>Gathers.</summary>
    /// <param name="source">The first element of the part.</param>
    /// <exception cref="CheckpointFormatException">The file cannot be read.</exception>
    public void Run(long source) => Gather(ways.Length, source, 0);

    /// <summary>Gathers what the first ways reach; as many indices of the last of them are read together as the window holds.</summary>
    private void Gather(int count, long source, int place)
    {
        long inner = Span(Math.Max(0, count - 1));
        if (count > 0 && inner > window.Length)
        {
            for (int index = 0; index < ways[count - 1].Size; index++)
                Gather(count - 1, source + (index * ways[count - 1].Stride), place + (index * ways[count - 1].Step));
            return;
        }

        (int size, long stride, int step) = count > 0 ? ways[count - 1] : new StridedWay(1, 0, 0);
        int together = stride == 0 ? size : (int)Math.Min(size, 1 + ((window.Length - inner) / stride));
        for (int first = 0; first < size; first += together)
        {
            int indices = Math.Min(together, size - first);
            Span<byte> read = MemoryMarshal.AsBytes(window[..(int)(inner + ((indices - 1) * stride))]);
            file.Read(begin + ((source + (first * stride)) * Unsafe.SizeOf<T>()), read);
            Spread(count - 1, new StridedWay(indices, stride, step), 0, place + (first * step));
        }
    }

    /// <summary>Elements from the first to the last that the first ways reach.</summary>
    private long Span(int count)
    {
        long span = 1;
        foreach (StridedWay way in ways[..count])
            span += (way.Size - 1) * way.Stride;
        return span;
    }

    /// <summary>Takes from the window what a way and those in front of it reach.</summary>
    private void Spread(int inner, StridedWay way, int from, int place)
    {
        for (int index = 0; index < way.Size; index++)
        {
            if (inner > 0)
                Spread(inner - 1, ways[inner - 1], from, place);
            else
                target[place] = window[from];
            from += (int)way.Stride;
            place += way.Step;
        }
    }
}
