using System.Buffers.Binary;
using System.Text;

namespace TinT.Evaluation.Tests.Tokenizers;

/// <summary>A <c>tokenizer.model</c> that is made for a test.</summary>
internal sealed record BuiltSentencePiece
{
    public const int Unigram = 1, BytePair = 2;
    public const int Normal = 1, Unknown = 2, Control = 3, UserDefined = 4, Unused = 5, Byte = 6;

    /// <summary>Texts, scores and kinds by id.</summary>
    public required IReadOnlyList<(string Text, float Score, int Kind)> Pieces { get; init; }

    public required int Algorithm { get; init; }

    public bool FallsBackToBytes { get; init; }

    public bool AddsPrefix { get; init; } = true;

    public bool RemovesExtraSpaces { get; init; }

    public bool PutsSpaceBehind { get; init; }

    public int StartId { get; init; } = 1;

    /// <summary>An unknown token, tokens around texts, and what is given, whose scores fall.</summary>
    public static IReadOnlyList<(string Text, float Score, int Kind)> PiecesOf(params IEnumerable<string> normal) =>
        [("<unk>", 0, Unknown), ("<s>", 0, Control), ("</s>", 0, Control), .. normal.Select((text, index) => (text, -1f - index, Normal))];

    /// <summary>The bytes that unknown characters are written with.</summary>
    public static IEnumerable<(string Text, float Score, int Kind)> Bytes => Enumerable.Range(0, 256).Select(value => ($"<0x{value:X2}>", 0f, Byte));

    /// <summary>The file.</summary>
    public byte[] ToBytes() =>
    [
        .. Pieces.SelectMany(piece => Message(1, [.. Message(1, Encoding.UTF8.GetBytes(piece.Text)), .. Single(2, piece.Score), .. Number(3, piece.Kind)])),
        .. Message(2, [.. Number(3, Algorithm), .. Number(24, PutsSpaceBehind ? 1 : 0), .. Number(35, FallsBackToBytes ? 1 : 0), .. Number(40, 0), .. Number(
            41, StartId)]),
        .. Message(3, [.. Message(1, "identity"u8.ToArray()), .. Number(3, AddsPrefix ? 1 : 0), .. Number(4, RemovesExtraSpaces ? 1 : 0)]),
    ];

    private static byte[] Message(int field, byte[] bytes) => [.. Varint(((ulong)field << 3) | 2), .. Varint((ulong)bytes.Length), .. bytes];

    private static byte[] Number(int field, int value) => [.. Varint((ulong)field << 3), .. Varint(unchecked((ulong)(long)value))];

    private static byte[] Single(int field, float value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        return [.. Varint(((ulong)field << 3) | 5), .. bytes];
    }

    private static List<byte> Varint(ulong value)
    {
        List<byte> bytes = [];
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return bytes;
    }
}
