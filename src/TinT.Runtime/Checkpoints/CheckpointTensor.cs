using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TinT.Runtime.Cpu.Memory;
using static System.FormattableString;

namespace TinT.Runtime.Checkpoints;

/// <summary>One tensor of a checkpoint's file; its elements stay in the file until they are read.</summary>
/// <remarks>
/// Every reading member throws <see cref="ObjectDisposedException"/> once the file is disposed. Reading is safe from several
/// threads at once. Elements are row-major. Reading a tensor of a type that is not <see cref="TensorTypeExtensions.IsReadable"/> throws
/// <see cref="CheckpointFormatException"/>; its name, shape and type are known all the same.
/// </remarks>
public abstract class CheckpointTensor
{
    /// <summary>Bytes converted at a time: small enough to stay in the first-level cache.</summary>
    private const int StagingBytes = 16384;

    /// <summary>Describes a tensor whose size has been checked.</summary>
    private protected CheckpointTensor(string name, TensorType type, IReadOnlyList<long> shape)
    {
        Name = name;
        Type = type;
        Shape = shape;
        ElementCount = shape.Aggregate(1L, (count, size) => count * size);
    }

    /// <summary>Name in the file.</summary>
    public string Name { get; }

    /// <summary>Element type in the file.</summary>
    public TensorType Type { get; }

    /// <summary>Sizes, slowest first; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Elements: the product of <see cref="Shape"/>.</summary>
    public long ElementCount { get; }

    /// <summary>Path of the file the tensor lies in.</summary>
    internal abstract string Path { get; }

    /// <summary>The same matrix with rows for columns; <see langword="null"/> if it is no matrix or its format has no views.</summary>
    internal virtual CheckpointTensor? Transposed => null;

    /// <summary>Copies the whole tensor, converted to <see cref="float"/> (rounded to nearest).</summary>
    /// <param name="destination">Receives the elements; as long as <see cref="ElementCount"/>.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public void CopyTo(Span<float> destination) => CopyWhole(destination, mustBeFinite: false);

    /// <summary>Copies a stretch of the tensor, converted to <see cref="float"/> (rounded to nearest).</summary>
    /// <param name="firstElement">Index of the first element to copy.</param>
    /// <param name="destination">Receives as many elements as it is long.</param>
    /// <exception cref="ArgumentOutOfRangeException">The stretch leaves the tensor.</exception>
    public void CopyTo(long firstElement, Span<float> destination) => Copy(firstElement, destination, mustBeFinite: false);

    /// <summary>Copies the whole tensor, converted to <see cref="double"/>.</summary>
    /// <param name="destination">Receives the elements; as long as <see cref="ElementCount"/>.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public void CopyTo(Span<double> destination) => CopyWhole(destination, mustBeFinite: false);

    /// <summary>Copies a stretch of the tensor, converted to <see cref="double"/>.</summary>
    /// <param name="firstElement">Index of the first element to copy.</param>
    /// <param name="destination">Receives as many elements as it is long.</param>
    /// <exception cref="ArgumentOutOfRangeException">The stretch leaves the tensor.</exception>
    public void CopyTo(long firstElement, Span<double> destination) => Copy(firstElement, destination, mustBeFinite: false);

    /// <summary>Copies the whole tensor as <see cref="CopyTo(Span{float})"/> does and refuses NaN and infinities.</summary>
    /// <param name="destination">Receives the elements; as long as <see cref="ElementCount"/>.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    /// <exception cref="CheckpointFormatException">An element is not finite, or not once it is a <see cref="float"/>.</exception>
    public void CopyFiniteTo(Span<float> destination) => CopyWhole(destination, mustBeFinite: true);

    /// <summary>Copies a stretch as <see cref="CopyTo(long, Span{float})"/> does and refuses NaN and infinities.</summary>
    /// <param name="firstElement">Index of the first element to copy.</param>
    /// <param name="destination">Receives as many elements as it is long.</param>
    /// <exception cref="ArgumentOutOfRangeException">The stretch leaves the tensor.</exception>
    /// <exception cref="CheckpointFormatException">An element is not finite, or not once it is a <see cref="float"/>.</exception>
    public void CopyFiniteTo(long firstElement, Span<float> destination) => Copy(firstElement, destination, mustBeFinite: true);

    /// <summary>Copies the whole tensor as <see cref="CopyTo(Span{double})"/> does and refuses NaN and infinities.</summary>
    /// <param name="destination">Receives the elements; as long as <see cref="ElementCount"/>.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    /// <exception cref="CheckpointFormatException">An element is not finite.</exception>
    public void CopyFiniteTo(Span<double> destination) => CopyWhole(destination, mustBeFinite: true);

    /// <summary>Copies a stretch as <see cref="CopyTo(long, Span{double})"/> does and refuses NaN and infinities.</summary>
    /// <param name="firstElement">Index of the first element to copy.</param>
    /// <param name="destination">Receives as many elements as it is long.</param>
    /// <exception cref="ArgumentOutOfRangeException">The stretch leaves the tensor.</exception>
    /// <exception cref="CheckpointFormatException">An element is not finite.</exception>
    public void CopyFiniteTo(long firstElement, Span<double> destination) => Copy(firstElement, destination, mustBeFinite: true);

    /// <summary>Refuses elements that would be infinite in 16 bits.</summary>
    /// <param name="firstElement">Index of the first element.</param>
    /// <param name="values">The elements from there, finite.</param>
    /// <param name="storage">The 16-bit numbers.</param>
    /// <exception cref="CheckpointFormatException">An element is too large.</exception>
    internal void RequireBelow(long firstElement, ReadOnlySpan<float> values, WeightStorage storage)
    {
        float overflow = WeightConversion.Overflow(storage);
        if (Math.Abs(TensorPrimitives.MaxMagnitude(values)) < overflow)
            return;
        int index = 0;
        while (Math.Abs(values[index]) < overflow)
            index++;
        string other = storage == WeightStorage.Float16 ? "bfloat16 or float32" : "float32";
        throw Fail(Invariant(
            $"holds {values[index]} at element {firstElement + index} of {ElementCount}, more than {storage.TypeName()} can hold ({WeightConversion.Largest(storage)}); store the weights in {other}"));
    }

    /// <summary>Reads the whole tensor as <see cref="CopyTo(Span{float})"/> does.</summary>
    /// <exception cref="CheckpointFormatException">The tensor has more elements than an array can hold.</exception>
    public float[] ReadSingles()
    {
        float[] elements = new float[ArrayLength()];
        CopyTo(elements);
        return elements;
    }

    /// <summary>Reads the whole tensor as <see cref="CopyTo(Span{double})"/> does.</summary>
    /// <exception cref="CheckpointFormatException">The tensor has more elements than an array can hold.</exception>
    public double[] ReadDoubles()
    {
        double[] elements = new double[ArrayLength()];
        CopyTo(elements);
        return elements;
    }

    /// <summary>Reads the whole tensor of integers (or booleans, as 0 and 1).</summary>
    /// <exception cref="CheckpointFormatException">
    /// The tensor holds no integers, one that does not fit into 32 bits, or more than an array can hold.
    /// </exception>
    public int[] ReadInt32s()
    {
        if (Type.IsFloatingPoint() || !Type.IsReadable())
            throw Fail($"has type {Type.HeaderName()} but integers are needed; save it as I64 or I32");

        int[] elements = new int[ArrayLength()];
        Span<Int128> wide = stackalloc Int128[256];
        for (int done = 0; done < elements.Length; done += wide.Length)
        {
            Span<Int128> part = wide[..Math.Min(wide.Length, elements.Length - done)];
            Copy(done, part, mustBeFinite: false);
            for (int index = 0; index < part.Length; index++)
            {
                if (part[index] < int.MinValue || part[index] > int.MaxValue)
                {
                    throw Fail(Invariant($"holds {part[index]} at element {done + index}, which does not fit into 32 bits; check what was saved"));
                }

                elements[done + index] = (int)part[index];
            }
        }

        return elements;
    }

    /// <summary>Whether another tensor has the same shape and the same elements.</summary>
    internal bool ContentEquals(CheckpointTensor other)
    {
        if (!Shape.SequenceEqual(other.Shape))
            return false;

        return Type == other.Type ? BytesEqual(other) : ValuesEqual(other);
    }

    private bool BytesEqual(CheckpointTensor other)
    {
        Span<byte> left = stackalloc byte[StagingBytes];
        Span<byte> right = stackalloc byte[StagingBytes];
        long bytes = (long)((Int128)ElementCount * Type.SizeInBits() / 8);
        for (long done = 0; done < bytes; done += StagingBytes)
        {
            int count = (int)Math.Min(StagingBytes, bytes - done);
            ReadBytes(done, left[..count]);
            other.ReadBytes(done, right[..count]);
            if (!left[..count].SequenceEqual(right[..count]))
                return false;
        }

        return true;
    }

    private bool ValuesEqual(CheckpointTensor other)
    {
        Span<double> left = stackalloc double[StagingBytes / sizeof(double)];
        Span<double> right = stackalloc double[StagingBytes / sizeof(double)];
        for (long done = 0; done < ElementCount; done += left.Length)
        {
            int count = (int)Math.Min(left.Length, ElementCount - done);
            CopyTo(done, left[..count]);
            other.CopyTo(done, right[..count]);
            if (!left[..count].SequenceEqual(right[..count]))
                return false;
        }

        return true;
    }

    private void CopyWhole<T>(Span<T> destination, bool mustBeFinite)
        where T : unmanaged, INumberBase<T>
    {
        if (destination.Length != ElementCount)
        {
            throw new ArgumentException(
                Invariant($"Tensor '{Name}' has {ElementCount} elements but the destination has room for {destination.Length}."),
                nameof(destination));
        }

        Copy(0, destination, mustBeFinite);
    }

    private void Copy<T>(long firstElement, Span<T> destination, bool mustBeFinite)
        where T : unmanaged, INumberBase<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstElement);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstElement, ElementCount - destination.Length);
        if (!Type.IsReadable())
            throw Fail($"has dtype {Type.HeaderName()}, which is not read; convert it to one of {TensorTypeExtensions.ReadableNames}");

        // The staging buffer is aligned whatever the tensor's place in the file.
        Span<byte> staging = MemoryMarshal.AsBytes(stackalloc ulong[StagingBytes / sizeof(ulong)]);
        bool converts = !TensorConverter.IsStoredAs<T>(Type);
        int elementSize = Type.SizeInBytes();
        int mostElements = StagingBytes / elementSize;
        for (int done = 0; done < destination.Length; done += mostElements)
        {
            Span<T> part = destination.Slice(done, Math.Min(mostElements, destination.Length - done));
            Span<byte> bytes = converts ? staging[..(part.Length * elementSize)] : MemoryMarshal.AsBytes(part);
            ReadBytes((firstElement + done) * elementSize, bytes);
            if (converts)
            {
                CheckBooleans(bytes, firstElement + done);
                TensorConverter.Convert(Type, bytes, part);
            }

            if (mustBeFinite && !TensorPrimitives.IsFiniteAll<T>(part))
                throw NotFinite<T>(part, firstElement + done);
        }
    }

    private void CheckBooleans(ReadOnlySpan<byte> bytes, long firstElement)
    {
        int index = Type == TensorType.Bool ? bytes.IndexOfAnyExceptInRange((byte)0, (byte)1) : -1;
        if (index >= 0)
        {
            throw Fail(Invariant($"holds {bytes[index]} at element {firstElement + index}, which is no boolean; save it as U8 or as 0 and 1"));
        }
    }

    private CheckpointFormatException NotFinite<T>(ReadOnlySpan<T> part, long firstElement)
        where T : unmanaged, INumberBase<T>
    {
        int index = 0;
        while (T.IsFinite(part[index]))
            index++;

        // The element as it is in the file: a double may be finite there and not in single precision.
        Span<double> stored = stackalloc double[1];
        Copy(firstElement + index, stored, mustBeFinite: false);
        return Fail(Invariant(
            $"holds {stored[0]} at element {firstElement + index} of {ElementCount}, which is not finite in {8 * Unsafe.SizeOf<T>()} bits; use a checkpoint whose training did not diverge"));
    }

    private int ArrayLength() => ElementCount <= Array.MaxLength
        ? (int)ElementCount
        : throw Fail(Invariant($"has {ElementCount} elements, more than the {Array.MaxLength} of an array; read it in parts"));

    /// <summary>Reads elements as they are in the file, in row-major order.</summary>
    /// <param name="offset">First byte, counted from the first element; that of an element.</param>
    /// <param name="destination">Receives as many bytes as it is long, those of whole elements.</param>
    /// <exception cref="ObjectDisposedException">The file is disposed.</exception>
    /// <exception cref="CheckpointFormatException">The file has become shorter since it was opened, or cannot be read.</exception>
    private protected abstract void ReadBytes(long offset, Span<byte> destination);

    private CheckpointFormatException Fail(string what) => new($"{Path}: tensor {CheckpointText.Quote(Name)} {what}.");
}
