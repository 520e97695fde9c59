using System.Runtime.InteropServices;
using System.Text;
using static System.FormattableString;

namespace TinT.Runtime.Checkpoints;

/// <summary>
/// A named tensor to be written by <see cref="SafetensorsWriter"/>. It refers to the caller's array, or to a function that writes the elements,
/// and copies nothing.
/// </summary>
public sealed class TensorData
{
    /// <summary>Most elements passed to the stream at a time, so that their bytes fit into one span.</summary>
    internal const int MostElements = 1 << 20;

    private readonly Action<Stream> write;

    /// <summary>A tensor whose elements are written by a function.</summary>
    /// <param name="name">Name in the file.</param>
    /// <param name="type">Type of the elements.</param>
    /// <param name="shape">Sizes, slowest first.</param>
    /// <param name="byteCount">Bytes the function writes.</param>
    /// <param name="write">Writes the elements to a stream.</param>
    /// <exception cref="ArgumentException">The name cannot name a tensor, the type is not written, or the bytes do not fill the shape.</exception>
    internal TensorData(string name, TensorType type, ReadOnlySpan<int> shape, long byteCount, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name == SafetensorsHeader.MetadataName || name.Any(char.IsControl) || HasLoneSurrogate(name))
            throw new ArgumentException($"{CheckpointText.Quote(name)} cannot name a tensor.", nameof(name));
        if (!type.IsReadable())
            throw new ArgumentException(
                $"Tensor '{name}' has type {type.HeaderName()}, which is not written; write one of {TensorTypeExtensions.ReadableNames}.", nameof(type));

        Int128 needed = type.SizeInBytes();
        foreach (int size in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(shape));
            needed *= size;
        }

        if (needed != byteCount)
        {
            throw new ArgumentException(
                Invariant(
                    $"Tensor '{name}' has {byteCount / type.SizeInBytes()} elements, which do not fill its shape [{string.Join(", ", shape.ToArray())}]."),
                nameof(shape));
        }

        Name = name;
        Type = type;
        Shape = shape.ToArray();
        ByteCount = byteCount;
        this.write = write;
    }

    /// <summary>Name in the file.</summary>
    public string Name { get; }

    /// <summary>Element type in the file.</summary>
    public TensorType Type { get; }

    /// <summary>Sizes, slowest first; empty for a scalar.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Bytes in the file.</summary>
    internal long ByteCount { get; }

    /// <summary>A tensor of type <see cref="TensorType.F32"/>.</summary>
    /// <param name="name">Name in the file.</param>
    /// <param name="elements">Row-major elements; not copied, so unchanged until the file is written.</param>
    /// <param name="shape">Sizes, slowest first; none for a scalar.</param>
    /// <exception cref="ArgumentException">The name cannot name a tensor, or the elements do not fill the shape.</exception>
    public static TensorData FromSingles(string name, float[] elements, params ReadOnlySpan<int> shape) =>
        From(name, TensorType.F32, elements, shape);

    /// <summary>A tensor of type <see cref="TensorType.F64"/>.</summary>
    /// <inheritdoc cref="FromSingles"/>
    public static TensorData FromDoubles(string name, double[] elements, params ReadOnlySpan<int> shape) =>
        From(name, TensorType.F64, elements, shape);

    /// <summary>A tensor of type <see cref="TensorType.I32"/>.</summary>
    /// <inheritdoc cref="FromSingles"/>
    public static TensorData FromInt32s(string name, int[] elements, params ReadOnlySpan<int> shape) =>
        From(name, TensorType.I32, elements, shape);

    /// <summary>A tensor of type <see cref="TensorType.I64"/>.</summary>
    /// <inheritdoc cref="FromSingles"/>
    public static TensorData FromInt64s(string name, long[] elements, params ReadOnlySpan<int> shape) =>
        From(name, TensorType.I64, elements, shape);

    /// <summary>A tensor of any type that is written, given as little-endian bytes.</summary>
    /// <param name="name">Name in the file.</param>
    /// <param name="type">Type of the elements.</param>
    /// <param name="elements">Row-major elements; not copied, so unchanged until the file is written.</param>
    /// <param name="shape">Sizes, slowest first; none for a scalar.</param>
    /// <exception cref="ArgumentException">The name cannot name a tensor, or the elements do not fill the shape.</exception>
    public static TensorData FromBytes(string name, TensorType type, byte[] elements, params ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(elements);
        return new TensorData(name, type, shape, elements.LongLength, stream => stream.Write(elements));
    }

    /// <summary>A tensor that never lies in memory as a whole.</summary>
    /// <param name="name">Name in the file.</param>
    /// <param name="type">Type of the elements.</param>
    /// <param name="write">Writes the elements to a stream: row-major, little-endian, as many as the shape has.</param>
    /// <param name="shape">Sizes, slowest first; none for a scalar.</param>
    /// <exception cref="ArgumentException">The name cannot name a tensor, or no file can hold the shape.</exception>
    public static TensorData Streamed(string name, TensorType type, Action<Stream> write, params ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(write);
        Int128 bytes = type.SizeInBits() / 8;
        foreach (int size in shape)
            bytes *= size;
        if (bytes > long.MaxValue)
            throw new ArgumentException($"Tensor '{name}' has more elements than a file can hold.", nameof(shape));
        return new TensorData(name, type, shape, (long)bytes, write);
    }

    /// <summary>Writes the elements.</summary>
    /// <exception cref="InvalidOperationException">A function wrote more or fewer bytes than the shape has.</exception>
    internal void WriteTo(Stream stream)
    {
        long begin = stream.Position;
        write(stream);
        long written = stream.Position - begin;
        if (written != ByteCount)
            throw new InvalidOperationException(Invariant($"Tensor '{Name}' has {ByteCount} bytes, but {written} were written."));
    }

    private static bool HasLoneSurrogate(string name)
    {
        foreach (Rune rune in name.EnumerateRunes())
        {
            // An enumeration replaces what is no Unicode by this character.
            if (rune == Rune.ReplacementChar)
                return true;
        }

        return false;
    }

    private static TensorData From<T>(string name, TensorType type, T[] elements, ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(elements);
        return new TensorData(name, type, shape, elements.LongLength * type.SizeInBytes(), stream =>
        {
            Span<T> rest = elements;
            while (!rest.IsEmpty)
            {
                int count = Math.Min(MostElements, rest.Length);
                stream.Write(MemoryMarshal.AsBytes(rest[..count]));
                rest = rest[count..];
            }
        });
    }
}
