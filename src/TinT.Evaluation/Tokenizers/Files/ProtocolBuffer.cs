using System.Buffers.Binary;

namespace TinT.Evaluation.Tokenizers.Files;

/// <summary>Reads the fields of a protocol-buffer message, one after the other.</summary>
/// <remarks>Source: the wire format in the documentation of Protocol Buffers. The few fields that are needed are no reason for a library and generated classes.</remarks>
/// <param name="message">Bytes of the message.</param>
internal ref struct ProtocolBuffer(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> rest = message;

    /// <summary>Number of the field that was read last.</summary>
    public int Field { get; private set; }

    /// <summary>Its value, if it is a number: that of a varint, or the bits of a fixed one.</summary>
    public ulong Number { get; private set; }

    /// <summary>Its bytes, if it is a text or a message.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The number as a truth value.</summary>
    public readonly bool Flag => Number != 0;

    /// <summary>The number as a whole one.</summary>
    public readonly int Integer => unchecked((int)Number);

    /// <summary>The number as one of single precision.</summary>
    public readonly float Single => BitConverter.Int32BitsToSingle(Integer);

    /// <summary>Reads the next field.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="FormatException">This is no such message.</exception>
    public bool Read()
    {
        if (rest.IsEmpty)
            return false;
        ulong tag = ReadVarint();
        Field = (int)(tag >> 3);
        Number = 0;
        Bytes = default;
        switch (tag & 7)
        {
            case 0:
                Number = ReadVarint();
                break;
            case 1:
                Number = BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
                break;
            case 2:
                Bytes = Take(ReadVarint());
                break;
            case 5:
                Number = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
                break;
            default:
                throw new FormatException("There is a field of an unknown kind.");
        }

        return true;
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)rest.Length)
            throw new FormatException("A field reaches beyond the end.");
        ReadOnlySpan<byte> taken = rest[..(int)length];
        rest = rest[(int)length..];
        return taken;
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw new FormatException("A number is too long.");
    }
}
