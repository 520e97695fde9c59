using System.Text;

namespace TinT.Evaluation.Tokenizers.Patterns;

/// <summary>Finds a text as it is.</summary>
/// <param name="text">The text, not empty.</param>
internal sealed class LiteralPattern(string text) : IPattern
{
    private readonly byte[] utf8 = Encoding.UTF8.GetBytes(text);

    /// <inheritdoc/>
    public void Begin(ReadOnlySpan<byte> text)
    {
        // Nothing is kept of a text.
    }

    /// <inheritdoc/>
    public bool TryFind(ReadOnlySpan<byte> text, int from, out int start, out int length)
    {
        int index = text[from..].IndexOf(utf8);
        (start, length) = (from + index, utf8.Length);
        return index >= 0;
    }
}
