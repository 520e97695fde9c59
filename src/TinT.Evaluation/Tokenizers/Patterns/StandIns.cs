using System.Globalization;
using TinT.Evaluation.Tokenizers.Characters;

namespace TinT.Evaluation.Tokenizers.Patterns;

/// <summary>Characters that stand in for those above U+FFFF of the same general category.</summary>
internal sealed class StandIns
{
    private const int Categories = 30;

    /// <summary>A letter in a circle: a symbol that counts as part of a word.</summary>
    private const char AlphabeticSymbol = 'Ⓐ';

    private readonly char[] byCategory = new char[Categories];

    private StandIns()
    {
    }

    /// <summary>Chooses characters that an expression does not name, so that only their category can make it match.</summary>
    /// <param name="named">The characters and ranges that it names.</param>
    /// <returns><see langword="null"/> if it names too many.</returns>
    public static StandIns? Without(IReadOnlyCollection<(int First, int Last)> named)
    {
        StandIns standIns = new();
        for (int codePoint = char.MaxValue; codePoint >= 0x80; codePoint--)
        {
            if (codePoint is >= 0xD800 and <= 0xDFFF || CharacterClasses.IsAlphabeticSymbol(codePoint) || named.Any(
                range => codePoint >= range.First && codePoint <= range.Last))
                continue;
            ref char standIn = ref standIns.byCategory[(int)CharUnicodeInfo.GetUnicodeCategory(codePoint)];
            if (standIn == 0)
                standIn = (char)codePoint;
        }

        UnicodeCategory[] above = [.. Enum.GetValues<UnicodeCategory>().Except(
            [UnicodeCategory.Surrogate, UnicodeCategory.Control, UnicodeCategory.SpaceSeparator, UnicodeCategory.LineSeparator, UnicodeCategory.ParagraphSeparator])];
        bool allThere = above.All(category => standIns.byCategory[(int)category] != 0) && !named.Any(
            range => AlphabeticSymbol >= range.First && AlphabeticSymbol <= range.Last);
        return allThere ? standIns : null;
    }

    /// <summary>The stand-in of a code point.</summary>
    /// <param name="codePoint">A code point above U+FFFF.</param>
    public char Of(int codePoint) =>
        CharacterClasses.IsAlphabeticSymbol(codePoint) ? AlphabeticSymbol : byCategory[(int)CharUnicodeInfo.GetUnicodeCategory(codePoint)];
}
