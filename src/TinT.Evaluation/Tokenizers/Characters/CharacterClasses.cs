using System.Globalization;
using System.Text;

namespace TinT.Evaluation.Tokenizers.Characters;

/// <summary>Classes of code points as the patterns of tokenizers mean them.</summary>
internal static class CharacterClasses
{
    /// <summary>Punctuation that Unicode 8 does not have, which is what Hugging Face's implementation goes by.</summary>
    private static readonly (int First, int Last)[] laterPunctuation =
    [
        (0x61D, 0x61D), (0x9FD, 0x9FD), (0xA76, 0xA76), (0xC77, 0xC77), (0xC84, 0xC84), (0x1B4E, 0x1B4F), (0x1B7D, 0x1B7F),
        (0x2E43, 0x2E4F), (0x2E52, 0x2E5D), (0x10D6E, 0x10D6E), (0x10EAD, 0x10EAD), (0x10F55, 0x10F59), (0x10F86, 0x10F89),
        (0x113D4, 0x113D5), (0x113D7, 0x113D8), (0x1144B, 0x1144F), (0x1145A, 0x1145B), (0x1145D, 0x1145D), (0x11660, 0x1166C), (0x116B9, 0x116B9),
        (0x1183B, 0x1183B), (0x11944, 0x11946), (0x119E2, 0x119E2), (0x11A3F, 0x11A46), (0x11A9A, 0x11A9C), (0x11A9E, 0x11AA2), (0x11B00, 0x11B09),
        (0x11BE1, 0x11BE1), (0x11C41, 0x11C45), (0x11C70, 0x11C71), (0x11EF7, 0x11EF8), (0x11F43, 0x11F4F), (0x11FFF, 0x11FFF), (0x12FF1, 0x12FF2),
        (0x16D6D, 0x16D6F), (0x16E97, 0x16E9A), (0x16FE2, 0x16FE2), (0x1E5FF, 0x1E5FF), (0x1E95E, 0x1E95F),
    ];

    private static readonly CharacterKind[] ascii = [.. Enumerable.Range(0, 128).Select(KindOf)];

    /// <summary>Whether a code point is a letter, a number, white space or something else.</summary>
    /// <param name="utf8">Valid UTF-8.</param>
    /// <param name="index">Where the code point starts.</param>
    /// <param name="length">Its bytes.</param>
    public static CharacterKind KindAt(ReadOnlySpan<byte> utf8, int index, out int length)
    {
        byte first = utf8[index];
        if (first < 0x80)
        {
            length = 1;
            return ascii[first];
        }

        return KindOf(CodePoints.At(utf8, index, out length));
    }

    /// <summary>Unicode's property White_Space.</summary>
    /// <param name="codePoint">A scalar value.</param>
    public static bool IsWhiteSpace(int codePoint) => Rune.IsWhiteSpace(new Rune(codePoint));

    /// <summary>The categories Nd, Nl and No: <c>char::is_numeric</c> of Rust.</summary>
    /// <param name="codePoint">A scalar value.</param>
    public static bool IsNumeric(int codePoint) => Rune.IsNumber(new Rune(codePoint));

    /// <summary>Punctuation in ASCII, where it includes symbols, and the categories P* of Unicode 8 elsewhere.</summary>
    /// <param name="codePoint">A scalar value.</param>
    public static bool IsPunctuation(int codePoint)
    {
        if (codePoint < 0x80)
            return codePoint is (>= '!' and <= '/') or (>= ':' and <= '@') or (>= '[' and <= '`') or (>= '{' and <= '~');
        // Two were punctuation then and are a symbol and a mark now.
        if (codePoint is 0x166D or 0x111C9)
            return true;
        return Rune.IsPunctuation(new Rune(codePoint)) && !Array.Exists(laterPunctuation, range => codePoint >= range.First && codePoint <= range.Last);
    }

    /// <summary>The class <c>\w</c> of Rust's regular expressions, which is that of Unicode's Technical Standard 18.</summary>
    /// <param name="codePoint">A scalar value.</param>
    public static bool IsOfWord(int codePoint) => CharUnicodeInfo.GetUnicodeCategory(codePoint) switch
    {
        <= UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation => true,
        UnicodeCategory.OtherSymbol => IsAlphabeticSymbol(codePoint),
        UnicodeCategory.Format => codePoint is 0x200C or 0x200D,
        _ => false,
    };

    /// <summary>Letters in circles and squares, the symbols that have Unicode's property Alphabetic.</summary>
    /// <param name="codePoint">A scalar value.</param>
    public static bool IsAlphabeticSymbol(int codePoint) =>
        codePoint is (>= 0x24B6 and <= 0x24E9) or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189);

    private static CharacterKind KindOf(int codePoint)
    {
        Rune rune = new(codePoint);
        if (Rune.IsLetter(rune))
            return CharacterKind.Letter;
        if (Rune.IsNumber(rune))
            return CharacterKind.Number;
        return Rune.IsWhiteSpace(rune) ? CharacterKind.WhiteSpace : CharacterKind.Other;
    }
}
