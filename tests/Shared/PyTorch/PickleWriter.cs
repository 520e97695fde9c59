using System.Buffers.Binary;
using System.Text;

namespace TinT.Tests.Common;

/// <summary>Writes pickles, opcode by opcode, as Python's <c>pickle</c> would, or as it never would.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> bytes = [];

    /// <summary>Starts with the opcode that says the protocol.</summary>
    public PickleWriter(byte protocol = 2) => Op(0x80, protocol);

    /// <summary>The pickle so far, with the opcode that ends it.</summary>
    public byte[] ToArray() => [.. bytes, (byte)'.'];

    /// <summary>Bytes as they are.</summary>
    public PickleWriter Op(params ReadOnlySpan<byte> raw)
    {
        bytes.AddRange(raw);
        return this;
    }

    /// <summary>Opcodes that are letters.</summary>
    public PickleWriter Op(string letters) => Op(Encoding.ASCII.GetBytes(letters));

    /// <summary>GLOBAL.</summary>
    public PickleWriter Global(string module, string name) => Op($"c{module}\n{name}\n");

    /// <summary>BINUNICODE.</summary>
    public PickleWriter Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        return Op("X").Number32(utf8.Length).Op(utf8);
    }

    /// <summary>A whole number by the shortest opcode that holds it.</summary>
    public PickleWriter Whole(long number)
    {
        if (number is >= 0 and <= byte.MaxValue)
            return Op("K").Op((byte)number);
        if (number is >= 0 and <= ushort.MaxValue)
            return Op("M").Op((byte)number, (byte)(number >> 8));
        if (number is >= int.MinValue and <= int.MaxValue)
            return Op("J").Number32((int)number);
        Span<byte> long1 = stackalloc byte[10];
        long1[0] = 0x8a;
        long1[1] = 8;
        BinaryPrimitives.WriteInt64LittleEndian(long1[2..], number);
        return Op(long1);
    }

    /// <summary>A tuple of whole numbers.</summary>
    public PickleWriter Wholes(params IEnumerable<long> numbers)
    {
        Op("(");
        foreach (long number in numbers)
            Whole(number);
        return Op("t");
    }

    /// <summary>A tensor as torch.save writes it: a call of <c>torch._utils._rebuild_tensor_v2</c> with a storage that is named by a persistent id.</summary>
    public PickleWriter Tensor(string storageType, string key, long storageLength, long offset, IEnumerable<long> shape, IEnumerable<long> strides) =>
        Global("torch._utils", "_rebuild_tensor_v2").Op("(").Storage(storageType, key, storageLength)
            .Whole(offset).Wholes(shape).Wholes(strides).Op([0x89]).Global("collections", "OrderedDict").Op(")R").Op("tR");

    /// <summary>A storage.</summary>
    public PickleWriter Storage(string storageType, string key, long storageLength) =>
        Op("(").Text("storage").Global("torch", storageType).Text(key).Text("cpu").Whole(storageLength).Op("tQ");

    private PickleWriter Number32(int number)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(four, number);
        return Op(four);
    }
}
