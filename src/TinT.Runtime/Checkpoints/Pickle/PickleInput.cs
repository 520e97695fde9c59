using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using static System.FormattableString;

namespace TinT.Runtime.Checkpoints.Pickle;

/// <summary>Reads the bytes of a pickle one after another. Lengths are compared with the bytes that are left before anything is made of them.</summary>
/// <param name="bytes">The pickle.</param>
internal ref struct PickleInput(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding utf8 = new(false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> bytes = bytes;

    /// <summary>Bytes read.</summary>
    public int Position { get; private set; }

    /// <summary>Takes bytes.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="PickleException">There are not so many.</exception>
    public ReadOnlySpan<byte> Take(ulong count)
    {
        ReadOnlySpan<byte> taken = Peek(count);
        Position += taken.Length;
        return taken;
    }

    /// <summary>Looks at bytes that are still to be taken.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="PickleException">There are not so many.</exception>
    public readonly ReadOnlySpan<byte> Peek(ulong count) => count <= (ulong)(bytes.Length - Position)
        ? bytes.Slice(Position, (int)count)
        : throw new PickleException(Invariant($"is truncated: {count} bytes are wanted at byte {Position} but {bytes.Length - Position} are left"));

    /// <summary>A byte.</summary>
    public byte Byte() => Take(1)[0];

    /// <summary>An unsigned number of 32 bits.</summary>
    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>An unsigned number of 64 bits.</summary>
    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>A whole number of a given length: a <see cref="long"/> or, if it is too large, a <see cref="BigInteger"/>.</summary>
    /// <param name="length">Its bytes, two's complement.</param>
    public object Whole(uint length)
    {
        // A longer one takes time with the square of its length to show, and no library counts so far.
        const int Most = 255;
        if (length > Most)
            throw new PickleException(Invariant($"has a whole number of {length} bytes at byte {Position}, more than {Most}"));
        BigInteger number = new(Take(length));
        return number >= long.MinValue && number <= long.MaxValue ? (object)(long)number : number;
    }

    /// <summary>A text in UTF-8; halves of surrogate pairs, which Python writes as they are, are refused.</summary>
    /// <param name="length">Its bytes.</param>
    public string Text(ulong length)
    {
        int start = Position;
        try
        {
            return utf8.GetString(Take(length));
        }
        catch (DecoderFallbackException)
        {
            throw new PickleException(Invariant($"has a text at byte {start} that is not valid Unicode"));
        }
    }

    /// <summary>A text up to the end of the line.</summary>
    public string Line()
    {
        int length = bytes[Position..].IndexOf((byte)'\n');
        if (length < 0)
            throw new PickleException(Invariant($"is truncated: the line at byte {Position} does not end"));
        string line = Text((ulong)length);
        Take(1);
        return line;
    }
}
