using System.Text;

namespace TinT.Evaluation.Tokenizers;

/// <summary>
/// GPT-2's writing of bytes as visible characters, in which <c>vocab.json</c> and <c>merges.txt</c> spell their tokens:
/// printable Latin-1 bytes stand for themselves, the other 68 are U+0100 … U+0143 in order, so a space is <c>Ġ</c>.
/// </summary>
/// <remarks>Source: <c>bytes_to_unicode</c> in <c>encoder.py</c> of OpenAI's GPT-2 release.</remarks>
internal static class ByteAlphabet
{
    private const int FirstSubstitute = 0x100;

    private static readonly char[] Characters = CreateCharacters();
    private static readonly short[] Bytes = CreateBytes();

    /// <summary>The character that writes a byte.</summary>
    public static char ToCharacter(byte value) => Characters[value];

    /// <summary>The bytes a token stands for; a character outside the alphabet stands for its own UTF-8 bytes.</summary>
    public static byte[] ToBytes(string token)
    {
        List<byte> bytes = new(token.Length);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (Rune rune in token.EnumerateRunes())
        {
            if (rune.Value < Bytes.Length && Bytes[rune.Value] >= 0)
                bytes.Add((byte)Bytes[rune.Value]);
            else
                bytes.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
        }

        return [.. bytes];
    }

    private static char[] CreateCharacters()
    {
        char[] characters = new char[256];
        int substitutes = 0;
        for (int value = 0; value < characters.Length; value++)
        {
            bool printable = value is (>= '!' and <= '~') or (>= '¡' and <= '¬') or (>= '®' and <= 'ÿ');
            characters[value] = (char)(printable ? value : FirstSubstitute + substitutes++);
        }

        return characters;
    }

    private static short[] CreateBytes()
    {
        short[] bytes = new short[Characters.Max() + 1];
        Array.Fill(bytes, (short)-1);
        for (int value = 0; value < Characters.Length; value++)
            bytes[Characters[value]] = (short)value;
        return bytes;
    }
}
