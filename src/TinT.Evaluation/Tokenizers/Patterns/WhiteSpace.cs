using TinT.Evaluation.Tokenizers.Characters;

namespace TinT.Evaluation.Tokenizers.Patterns;

/// <summary>White space between words: <c>\s+(?!\S)|\s+</c>.</summary>
internal static class WhiteSpace
{
    /// <summary>Bytes of the white space that a text starts with, without the last character if others and text follow: it is left to what comes next.</summary>
    /// <param name="text">Valid UTF-8 that starts with white space.</param>
    public static int LengthAt(ReadOnlySpan<byte> text)
    {
        int end = Runs.EndOf(text, 0, CharacterKind.WhiteSpace);
        if (end == text.Length)
            return end;
        int last = CodePoints.StartBefore(text, end);
        return last > 0 ? last : end;
    }
}
