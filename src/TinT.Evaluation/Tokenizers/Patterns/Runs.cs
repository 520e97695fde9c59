using TinT.Evaluation.Tokenizers.Characters;

namespace TinT.Evaluation.Tokenizers.Patterns;

/// <summary>Runs of characters of one kind.</summary>
internal static class Runs
{
    /// <summary>Where the characters of a kind end that start at a place.</summary>
    /// <param name="text">Valid UTF-8.</param>
    /// <param name="start">The place.</param>
    /// <param name="kind">The kind.</param>
    public static int EndOf(ReadOnlySpan<byte> text, int start, CharacterKind kind)
    {
        int end = start;
        while (end < text.Length && CharacterClasses.KindAt(text, end, out int length) == kind)
            end += length;
        return end;
    }
}
