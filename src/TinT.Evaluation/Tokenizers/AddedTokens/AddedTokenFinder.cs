using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TinT.Evaluation.Tokenizers.Characters;
using TinT.Evaluation.Tokenizers.Texts;

namespace TinT.Evaluation.Tokenizers.AddedTokens;

/// <summary>Finds added tokens in a text: the first, and of those that start there the longest.</summary>
/// <remarks>As <c>AddedVocabulary::find_matches</c> of Hugging Face's <c>tokenizers</c> does.</remarks>
internal sealed class AddedTokenFinder
{
    private readonly AddedToken[] tokens;
    private readonly ByteTrie trie;
    private readonly SearchValues<byte> firstBytes;
    private readonly bool findsSpecial;

    /// <summary>Creates a finder.</summary>
    /// <param name="tokens">The tokens, each with its spelling in the texts that are searched, none empty.</param>
    /// <param name="findsSpecial">Whether special tokens are found; otherwise they are plain text.</param>
    public AddedTokenFinder(IReadOnlyCollection<(AddedToken Token, byte[] Spelling)> tokens, bool findsSpecial)
    {
        this.tokens = [.. tokens.Select(token => token.Token)];
        this.findsSpecial = findsSpecial;
        trie = ByteTrie.Of(tokens.Select((token, index) => (token.Spelling, index)));
        firstBytes = SearchValues.Create([.. tokens.Select(token => token.Spelling[0]).Distinct()]);
    }

    /// <summary>Finds the next token of a text.</summary>
    /// <remarks>
    /// White space that a token takes on its right is still searched, so that tokens of white space may overlap the token before them, or
    /// have nothing left and are none; Hugging Face's implementation has it so.
    /// </remarks>
    /// <param name="text">Valid UTF-8.</param>
    /// <param name="taken">End of what tokens took so far.</param>
    /// <param name="search">Where to look from; behind the token itself afterwards.</param>
    /// <param name="token">The token.</param>
    /// <param name="place">Where it stands, with the white space it takes.</param>
    public bool TryFind(ReadOnlySpan<byte> text, int taken, ref int search, [NotNullWhen(true)] out AddedToken? token, out Range place)
    {
        while (TryMatch(text, search, out int start, out int end, out token))
        {
            search = end;
            if (token.IsSpecial && !findsSpecial)
                continue;
            if (token.IsSingleWord && (EndsInWord(text[..start]) || StartsWithWord(text[end..])))
                continue;
            if (token.StripsLeft)
                start = Math.Max(taken, StartOfSpace(text[..start]));
            if (token.StripsRight)
                end = EndOfSpace(text, end);
            if (end <= start)
                continue;
            place = start..end;
            return true;
        }

        place = default;
        return false;
    }

    private bool TryMatch(ReadOnlySpan<byte> text, int from, out int start, out int end, [NotNullWhen(true)] out AddedToken? token)
    {
        token = null;
        end = from;
        for (start = from; ; start++)
        {
            int index = text[start..].IndexOfAny(firstBytes);
            if (index < 0)
                return false;
            start += index;
            if (trie.LongestAt(text[start..], out int length) is not (>= 0 and int found))
                continue;
            (token, end) = (tokens[found], start + length);
            return true;
        }
    }

    private static int StartOfSpace(ReadOnlySpan<byte> text)
    {
        int start = text.Length;
        while (start > 0 && CodePoints.StartBefore(text, start) is int last && CharacterClasses.IsWhiteSpace(CodePoints.At(text, last, out _)))
            start = last;
        return start;
    }

    private static int EndOfSpace(ReadOnlySpan<byte> text, int end)
    {
        while (end < text.Length && CodePoints.At(text, end, out int length) is int codePoint && CharacterClasses.IsWhiteSpace(codePoint))
            end += length;
        return end;
    }

    private static bool EndsInWord(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && CharacterClasses.IsOfWord(CodePoints.At(text, CodePoints.StartBefore(text, text.Length), out _));

    private static bool StartsWithWord(ReadOnlySpan<byte> text) => !text.IsEmpty && CharacterClasses.IsOfWord(CodePoints.At(text, 0, out _));
}
