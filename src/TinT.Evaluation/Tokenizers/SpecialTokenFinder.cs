using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace TinT.Evaluation.Tokenizers;

/// <summary>Finds special tokens in a text: the first, and of those that start there the longest.</summary>
/// <remarks>As <c>AddedVocabulary::find_matches</c> of Hugging Face's <c>tokenizers</c> does.</remarks>
internal sealed class SpecialTokenFinder
{
    private readonly SpecialToken[] longestFirst;
    private readonly SearchValues<string> contents;

    /// <summary>Creates a finder.</summary>
    /// <param name="tokens">The tokens, none empty, no two spelled alike.</param>
    public SpecialTokenFinder(IEnumerable<SpecialToken> tokens)
    {
        longestFirst = [.. tokens.OrderByDescending(token => token.Content.Length)];
        contents = SearchValues.Create([.. longestFirst.Select(token => token.Content)], StringComparison.Ordinal);
    }

    /// <summary>Finds the first special token of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where to look from; what is before only counts as the neighbour of a single word.</param>
    /// <param name="token">The token.</param>
    /// <param name="place">Where it stands, with the white space it takes.</param>
    public bool TryFind(ReadOnlySpan<char> text, int from, [NotNullWhen(true)] out SpecialToken? token, out Range place)
    {
        for (int search = from; ; )
        {
            int index = text[search..].IndexOfAny(contents);
            if (index < 0)
            {
                token = null;
                place = default;
                return false;
            }

            int start = search + index;
            token = LongestAt(text[start..]);
            int end = start + token.Content.Length;
            if (token.IsSingleWord && (EndsInWord(text[..start]) || StartsWithWord(text[end..])))
            {
                search = end;
                continue;
            }

            if (token.StripsLeft)
                start = Math.Max(from, text[..start].TrimEnd().Length);
            if (token.StripsRight)
                end = text.Length - text[end..].TrimStart().Length;
            place = start..end;
            return true;
        }
    }

    private SpecialToken LongestAt(ReadOnlySpan<char> text)
    {
        foreach (SpecialToken token in longestFirst)
        {
            if (text.StartsWith(token.Content, StringComparison.Ordinal))
                return token;
        }

        throw new InvalidOperationException("No special token starts here.");
    }

    private static bool EndsInWord(ReadOnlySpan<char> text) => Rune.DecodeLastFromUtf16(text, out Rune rune, out _) == OperationStatus.Done && IsOfWord(rune);

    private static bool StartsWithWord(ReadOnlySpan<char> text) => Rune.DecodeFromUtf16(text, out Rune rune, out _) == OperationStatus.Done && IsOfWord(rune);

    /// <summary>The class <c>\w</c> of regular expressions.</summary>
    private static bool IsOfWord(Rune rune) => Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
