using TinT.Evaluation.Tokenizers.Characters;

namespace TinT.Evaluation.Tokenizers.Patterns;

/// <summary>Finds single characters.</summary>
/// <param name="matches">Whether a code point is one of them.</param>
internal sealed class CharacterPattern(Func<int, bool> matches) : IPattern
{
    /// <inheritdoc/>
    public void Begin(ReadOnlySpan<byte> text)
    {
        // Nothing is kept of a text.
    }

    /// <inheritdoc/>
    public bool TryFind(ReadOnlySpan<byte> text, int from, out int start, out int length)
    {
        length = 0;
        for (start = from; start < text.Length; start += length)
        {
            if (matches(CodePoints.At(text, start, out length)))
                return true;
        }

        return false;
    }
}
