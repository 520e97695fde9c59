using TinT.Evaluation.Tokenizers.Characters;

namespace TinT.Evaluation.Tokenizers.Patterns;

/// <summary>Finds words and runs of signs, <c>\w+|[^\w\s]+</c> of Rust's regular expressions.</summary>
internal sealed class WordPattern : IPattern
{
    private enum Kind
    {
        Space,
        Word,
        Sign,
    }

    /// <inheritdoc/>
    public void Begin(ReadOnlySpan<byte> text)
    {
        // Nothing is kept of a text.
    }

    /// <inheritdoc/>
    public bool TryFind(ReadOnlySpan<byte> text, int from, out int start, out int length)
    {
        start = from;
        length = 0;
        while (start < text.Length)
        {
            Kind kind = KindOf(CodePoints.At(text, start, out int first));
            if (kind == Kind.Space)
            {
                start += first;
                continue;
            }

            int end = start + first;
            while (end < text.Length && KindOf(CodePoints.At(text, end, out int next)) == kind)
                end += next;
            length = end - start;
            return true;
        }

        return false;
    }

    private static Kind KindOf(int codePoint) =>
        CharacterClasses.IsOfWord(codePoint) ? Kind.Word : CharacterClasses.IsWhiteSpace(codePoint) ? Kind.Space : Kind.Sign;
}
