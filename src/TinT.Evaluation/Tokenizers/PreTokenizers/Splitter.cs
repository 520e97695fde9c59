using TinT.Evaluation.Tokenizers.Characters;
using TinT.Evaluation.Tokenizers.Patterns;
using TinT.Evaluation.Tokenizers.Texts;

namespace TinT.Evaluation.Tokenizers.PreTokenizers;

/// <summary>Splits at what a pattern finds.</summary>
/// <param name="pattern">Finds delimiters; <see langword="null"/> finds none.</param>
/// <param name="behavior">What becomes of them.</param>
/// <param name="invert">Whether what lies between the places found are the delimiters.</param>
internal sealed class Splitter(IPattern? pattern, SplitBehavior behavior, bool invert) : IPreTokenizer
{
    /// <inheritdoc/>
    public void Split(in Piece piece, int step, IPieceSink next)
    {
        Parts parts = new(piece, step, next, behavior);
        pattern?.Begin(piece.Text);
        int end = 0, from = 0, lastMatch = -1;
        while (pattern is not null && from <= piece.Text.Length && pattern.TryFind(piece.Text, from, out int start, out int length))
        {
            if (length == 0 && start == lastMatch)
            {
                // An empty match behind a match is none.
                from += from < piece.Text.Length ? CodePoints.LengthOf(piece.Text[from]) : 1;
                continue;
            }

            if (start > end)
                parts.Add(end, start - end, isDelimiter: invert);
            parts.Add(start, length, isDelimiter: !invert);
            from = end = lastMatch = start + length;
        }

        if (end < piece.Text.Length)
            parts.Add(end, piece.Text.Length - end, isDelimiter: invert);
        parts.Finish();
    }

    /// <summary>Puts what is between delimiters, and the delimiters, together to parts.</summary>
    private ref struct Parts(in Piece piece, int step, IPieceSink next, SplitBehavior behavior)
    {
        private readonly Piece piece = piece;
        private int start;
        private int length;
        private bool isOpen;
        private bool lastIsDelimiter;

        public void Add(int partStart, int partLength, bool isDelimiter)
        {
            bool extends = isOpen && behavior switch
            {
                SplitBehavior.Contiguous => isDelimiter == lastIsDelimiter,
                SplitBehavior.MergedWithPrevious => isDelimiter && !lastIsDelimiter,
                SplitBehavior.MergedWithNext => !isDelimiter && lastIsDelimiter,
                _ => false,
            };
            lastIsDelimiter = isDelimiter;
            if (extends)
            {
                length += partLength;
                return;
            }

            Finish();
            if (behavior == SplitBehavior.Removed && isDelimiter)
                return;
            (start, length, isOpen) = (partStart, partLength, true);
        }

        public void Finish()
        {
            if (isOpen && length > 0)
                next.Accept(piece.Slice(start, length, step));
            isOpen = false;
        }
    }
}
