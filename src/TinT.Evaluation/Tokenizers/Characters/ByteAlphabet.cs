using System.Text;

namespace TinT.Evaluation.Tokenizers.Characters;

/// <summary>
/// GPT-2's writing of bytes as visible characters, in which byte-level vocabularies spell their tokens: printable Latin-1 bytes stand for themselves, the
/// other 68 are U+0100 … U+0143 in order, so a space is <c>Ġ</c>.
/// </summary>
/// <remarks>Source: <c>bytes_to_unicode</c> in <c>encoder.py</c> of OpenAI's GPT-2 release.</remarks>
internal static class ByteAlphabet
{
    private const int FirstSubstitute = 0x100;

    private static readonly char[] characters = CreateCharacters();
    private static readonly short[] bytes = CreateBytes();

    /// <summary>The character that writes a byte.</summary>
    public static char ToCharacter(byte value) => characters[value];

    /// <summary>The byte that a character of the alphabet writes.</summary>
    /// <param name="character">A character of the alphabet.</param>
    public static byte ToByte(int character) => (byte)bytes[character];

    /// <summary>The bytes that a token writes; <see langword="null"/> if one of its characters is not of the alphabet.</summary>
    /// <param name="token">The token as a vocabulary spells it.</param>
    public static byte[]? TryReadBytes(string token)
    {
        byte[] read = new byte[token.Length];
        for (int index = 0; index < token.Length; index++)
        {
            if (token[index] >= bytes.Length || bytes[token[index]] < 0)
                return null;
            read[index] = (byte)bytes[token[index]];
        }

        return read;
    }

    /// <summary>The bytes a token stands for: those that it writes or, where a character is not of the alphabet, its own UTF-8 bytes.</summary>
    /// <param name="token">The token as a vocabulary spells it.</param>
    public static byte[] ToBytes(string token) => TryReadBytes(token) ?? Encoding.UTF8.GetBytes(token);

    private static char[] CreateCharacters()
    {
        char[] created = new char[256];
        int substitutes = 0;
        for (int value = 0; value < created.Length; value++)
        {
            bool printable = value is (>= '!' and <= '~') or (>= '¡' and <= '¬') or (>= '®' and <= 'ÿ');
            created[value] = (char)(printable ? value : FirstSubstitute + substitutes++);
        }

        return created;
    }

    private static short[] CreateBytes()
    {
        short[] created = new short[characters.Max() + 1];
        Array.Fill(created, (short)-1);
        for (int value = 0; value < characters.Length; value++)
            created[characters[value]] = (short)value;
        return created;
    }
}
