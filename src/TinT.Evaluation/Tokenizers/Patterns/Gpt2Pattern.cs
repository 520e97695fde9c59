using TinT.Evaluation.Tokenizers.Characters;

namespace TinT.Evaluation.Tokenizers.Patterns;

/// <summary>
/// The pieces inside which GPT-2 merges bytes: contractions, words, numbers and runs of other characters, each with the space before it, and runs of
/// white space. They cover the text.
/// </summary>
/// <remarks>
/// Source: the pattern of <c>encoder.py</c> in OpenAI's GPT-2 release, for Python's <c>regex</c> module. It is scanned by hand over code points. White
/// space is Unicode's White_Space property, as in Python's <c>regex</c>; JavaScript's <c>\s</c> differs in U+0085 (white space only in Python) and
/// U+FEFF (only in JavaScript).
/// </remarks>
internal sealed class Gpt2Pattern : IPattern
{
    /// <summary>The pattern as tokenizer files write it.</summary>
    public const string Source = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    /// <inheritdoc/>
    public void Begin(ReadOnlySpan<byte> text)
    {
        // Nothing is kept of a text.
    }

    /// <inheritdoc/>
    public bool TryFind(ReadOnlySpan<byte> text, int from, out int start, out int length)
    {
        start = from;
        length = from < text.Length ? LengthAt(text[from..]) : 0;
        return length > 0;
    }

    private static int LengthAt(ReadOnlySpan<byte> text)
    {
        int contraction = ContractionLength(text);
        if (contraction > 0)
            return contraction;

        int start = text[0] == ' ' && text.Length > 1 ? 1 : 0;
        CharacterKind kind = CharacterClasses.KindAt(text, start, out int first);
        return kind == CharacterKind.WhiteSpace ? WhiteSpace.LengthAt(text) : Runs.EndOf(text, start + first, kind);
    }

    private static int ContractionLength(ReadOnlySpan<byte> text)
    {
        if (text[0] != '\'' || text.Length < 2)
            return 0;
        if (text[1] is (byte)'s' or (byte)'t' or (byte)'m' or (byte)'d')
            return 2;
        return text[1..] is [(byte)'r', (byte)'e', ..] or [(byte)'v', (byte)'e', ..] or [(byte)'l', (byte)'l', ..] ? 3 : 0;
    }
}
