using System.Text;

namespace TinT.Evaluation.Tokenizers;

/// <summary>
/// Cuts a text into the pieces inside which GPT-2 merges bytes: contractions, words, numbers and runs of other characters,
/// each with the space before it, and runs of white space. The pieces, put together, are the text.
/// </summary>
/// <remarks>
/// <para>Source: the pattern of <c>encoder.py</c> in OpenAI's GPT-2 release, for Python's <c>regex</c> module:
/// <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c>.</para>
/// <para>It is scanned by hand over code points, because .NET's regular expressions see UTF-16 units and would cut a letter outside the
/// basic plane out of its word. White space is Unicode's White_Space property, as in Python's <c>regex</c>; JavaScript's <c>\s</c>
/// differs in U+0085 (white space only in Python) and U+FEFF (only in JavaScript).</para>
/// </remarks>
internal static class PreTokenizer
{
    private enum CharacterClass
    {
        Letter,
        Number,
        Space,
        Other,
    }

    /// <summary>Length in UTF-16 units of the piece at the start of a text that is not empty.</summary>
    public static int NextLength(ReadOnlySpan<char> text)
    {
        int contraction = ContractionLength(text);
        if (contraction > 0)
            return contraction;

        int start = text[0] == ' ' && text.Length > 1 ? 1 : 0;
        CharacterClass characters = Classify(text[start..], out int first);
        if (characters != CharacterClass.Space)
            return start + first + RunLength(text[(start + first)..], characters);

        int spaces = RunLength(text, CharacterClass.Space);
        // The last white space before other text is left to the next piece: \s+(?!\S). All white space is one UTF-16 unit.
        return spaces < text.Length && spaces > 1 ? spaces - 1 : spaces;
    }

    private static int ContractionLength(ReadOnlySpan<char> text)
    {
        if (text[0] != '\'' || text.Length < 2)
            return 0;
        if (text[1] is 's' or 't' or 'm' or 'd')
            return 2;
        return text[1..] is ['r', 'e', ..] or ['v', 'e', ..] or ['l', 'l', ..] ? 3 : 0;
    }

    private static int RunLength(ReadOnlySpan<char> text, CharacterClass wanted)
    {
        int length = 0;
        while (length < text.Length && Classify(text[length..], out int units) == wanted)
            length += units;
        return length;
    }

    /// <summary>Class of the code point at the start of a text; a lone surrogate counts as U+FFFD, as which it is encoded.</summary>
    private static CharacterClass Classify(ReadOnlySpan<char> text, out int units)
    {
        Rune.DecodeFromUtf16(text, out Rune rune, out units);
        if (Rune.IsLetter(rune))
            return CharacterClass.Letter;
        if (Rune.IsNumber(rune))
            return CharacterClass.Number;
        return Rune.IsWhiteSpace(rune) ? CharacterClass.Space : CharacterClass.Other;
    }
}
