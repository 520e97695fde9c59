using System.Globalization;
using System.Text;

namespace TinT.Evaluation.Tokenizers.Characters;

/// <summary>Classes of code points as the patterns of tokenizers mean them.</summary>
internal static class CharacterClasses
{
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

    /// <summary>Punctuation in ASCII, where it includes symbols, and the categories P* elsewhere.</summary>
    /// <param name="codePoint">A scalar value.</param>
    public static bool IsPunctuation(int codePoint) =>
        codePoint < 0x80 ? codePoint is (>= '!' and <= '/') or (>= ':' and <= '@') or (>= '[' and <= '`') or (>= '{' and <= '~') : Rune.IsPunctuation(new Rune(codePoint));

    /// <summary>Combining marks: the categories M*.</summary>
    /// <param name="codePoint">A scalar value.</param>
    public static bool IsMark(int codePoint) => CharUnicodeInfo.GetUnicodeCategory(codePoint) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

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
