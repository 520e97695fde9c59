using System.Numerics;
using System.Runtime.InteropServices;
using TinT.Literal.Parameters;

namespace TinT.Literal.Export;

/// <summary>Writes elements of tensors block by block, so that no tensor lies in memory as a whole.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="progress">Told the bytes of every block.</param>
/// <param name="cancellationToken">Asked before every block.</param>
internal sealed class ElementStream<T>(Action<long> progress, CancellationToken cancellationToken)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Elements of a block.</summary>
    public const int BlockSize = 1 << 18;

    private readonly T[] block = new T[BlockSize];

    /// <summary>Writes elements that lie in memory.</summary>
    /// <param name="stream">Receives them.</param>
    /// <param name="elements">The elements.</param>
    public void Write(Stream stream, ReadOnlySpan<T> elements)
    {
        while (!elements.IsEmpty)
        {
            int count = Math.Min(BlockSize, elements.Length);
            WriteBlock(stream, elements[..count]);
            elements = elements[count..];
        }
    }

    /// <summary>Writes the elements of a parameter of the construction: zeros, and the entries at their places.</summary>
    /// <param name="stream">Receives them.</param>
    /// <param name="definition">The parameter.</param>
    public void Write(Stream stream, ParameterDefinition definition)
    {
        ParameterEntry[] entries = [.. definition.Entries.OrderBy(entry => entry.Index)];
        int next = 0;
        for (long first = 0; first < definition.Count; first += BlockSize)
        {
            Span<T> elements = block.AsSpan(0, (int)Math.Min(BlockSize, definition.Count - first));
            elements.Clear();
            for (; next < entries.Length && entries[next].Index < first + elements.Length; next++)
                elements[(int)(entries[next].Index - first)] = T.CreateChecked(entries[next].Value);
            WriteBlock(stream, elements);
        }
    }

    /// <summary>Writes elements that are read block by block.</summary>
    /// <param name="stream">Receives them.</param>
    /// <param name="count">How many.</param>
    /// <param name="read">Reads the elements from a given one on.</param>
    public void Write(Stream stream, long count, ReadElements read)
    {
        for (long first = 0; first < count; first += BlockSize)
        {
            Span<T> elements = block.AsSpan(0, (int)Math.Min(BlockSize, count - first));
            read(first, elements);
            WriteBlock(stream, elements);
        }
    }

    private void WriteBlock(Stream stream, ReadOnlySpan<T> elements)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(elements);
        stream.Write(bytes);
        progress(bytes.Length);
    }

    /// <summary>Reads elements.</summary>
    /// <param name="first">Index of the first.</param>
    /// <param name="elements">Receives them.</param>
    public delegate void ReadElements(long first, Span<T> elements);
}
