using System.Text;
using TinT.Evaluation.Tokenizers.Characters;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Evaluation.Tokenizers.Patterns;
using TinT.Evaluation.Tokenizers.Texts;

namespace TinT.Evaluation.Tokenizers.Normalizers;

/// <summary><c>Replace</c>: a text, or what a regular expression matches, is replaced wherever it is found.</summary>
internal sealed class Replace(IPattern? pattern, string content) : INormalizer
{
    /// <summary>Its name.</summary>
    public const string Name = "Replace";

    private readonly byte[] utf8 = Encoding.UTF8.GetBytes(content);
    private readonly TextRewriter rewriter = new();

    /// <summary>Reads the row.</summary>
    public static INormalizer Read(JsonPlace place) => new Replace(PatternReader.Read(place.Get("pattern")), place.Get("content").Text());

    /// <inheritdoc/>
    public Piece Normalize(scoped in Piece text)
    {
        if (pattern is null || text.Text.IsEmpty)
            return text;
        pattern.Begin(text.Text);
        if (!pattern.TryFind(text.Text, 0, out int start, out int length))
            return text;

        rewriter.Begin(text);
        int end = 0, from = 0, lastMatch = -1;
        do
        {
            if (length == 0 && start == lastMatch)
            {
                // An empty match behind a match is none.
                from += from < text.Text.Length ? CodePoints.LengthOf(text.Text[from]) : 1;
                continue;
            }

            rewriter.Keep(text, end, start - end);
            rewriter.Replace(text, start, length, utf8);
            from = end = lastMatch = start + length;
        }
        while (from <= text.Text.Length && pattern.TryFind(text.Text, from, out start, out length));
        rewriter.Keep(text, end, text.Text.Length - end);
        return rewriter.End(text);
    }
}
