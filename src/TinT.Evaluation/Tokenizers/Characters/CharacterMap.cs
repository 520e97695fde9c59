using System.Buffers.Binary;

namespace TinT.Evaluation.Tokenizers.Characters;

/// <summary>Replacements of character sequences, as SentencePiece compiles its normalization rules: a double-array trie and the texts it points to.</summary>
/// <remarks>Source: <c>normalizer.cc</c> of SentencePiece and <c>darts.h</c> of Darts-clone, the library whose arrays it stores.</remarks>
internal sealed class CharacterMap
{
    private readonly uint[] units;
    private readonly byte[] texts;

    private CharacterMap(uint[] units, byte[] texts)
    {
        this.units = units;
        this.texts = texts;
    }

    /// <summary>Reads a map.</summary>
    /// <param name="bytes">Bytes of the trie as a number of four bytes, the trie, the texts, each with a zero behind it.</param>
    /// <returns><see langword="null"/> if this is no map.</returns>
    public static CharacterMap? TryRead(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4)
            return null;
        uint trieBytes = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        bytes = bytes[4..];
        if (trieBytes > bytes.Length || trieBytes == 0 || trieBytes % 4 != 0)
            return null;
        uint[] units = new uint[trieBytes / 4];
        for (int index = 0; index < units.Length; index++)
            units[index] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 * index)..]);
        return new CharacterMap(units, bytes[(int)trieBytes..].ToArray());
    }

    /// <summary>Finds the replacement of what a text starts with.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">Whether the longest sequence is wanted rather than the shortest.</param>
    /// <param name="length">Bytes of the sequence.</param>
    /// <param name="replacement">What replaces it.</param>
    public bool TryFind(ReadOnlySpan<byte> text, bool longest, out int length, out ReadOnlySpan<byte> replacement)
    {
        length = 0;
        replacement = default;
        uint node = OffsetOf(units[0]);
        for (int index = 0; index < text.Length; index++)
        {
            node ^= text[index];
            if (node >= units.Length || (units[node] & 0x800000FF) != text[index])
                break;
            uint unit = units[node];
            node ^= OffsetOf(unit);
            bool isEnd = (unit & 0x100) != 0;
            if (!isEnd)
                continue;
            if (node >= units.Length || (units[node] & 0x7FFFFFFF) > (uint)texts.Length)
                break;
            length = index + 1;
            replacement = texts.AsSpan((int)(units[node] & 0x7FFFFFFF));
            if (!longest)
                break;
        }

        int end = replacement.IndexOf((byte)0);
        if (end >= 0)
            replacement = replacement[..end];
        return length > 0;
    }

    private static uint OffsetOf(uint unit) => (unit >> 10) << (int)((unit & 0x200) >> 6);
}
