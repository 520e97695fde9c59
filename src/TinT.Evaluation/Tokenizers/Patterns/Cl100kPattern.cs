using TinT.Evaluation.Tokenizers.Characters;

namespace TinT.Evaluation.Tokenizers.Patterns;

/// <summary>
/// The pieces of LLaMA 3 and Qwen2, which are those of OpenAI's <c>cl100k_base</c> up to the numbers: contractions in any case, words with one sign or
/// space before, numbers of so many digits, runs of signs with the line ends after them, white space up to its last line end. They cover the text.
/// </summary>
/// <param name="mostDigits">Digits in a piece.</param>
internal sealed class Cl100kPattern(int mostDigits) : IPattern
{
    private const string Before = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|";
    private const string After = @"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>The pattern with up to three digits, as LLaMA 3's tokenizer file writes it.</summary>
    public const string ThreeDigits = Before + @"\p{N}{1,3}" + After;

    /// <summary>The pattern with single digits, as Qwen2's tokenizer file writes it.</summary>
    public const string SingleDigits = Before + @"\p{N}" + After;

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

    private int LengthAt(ReadOnlySpan<byte> text)
    {
        int contraction = ContractionLength(text);
        if (contraction > 0)
            return contraction;

        CharacterKind kind = CharacterClasses.KindAt(text, 0, out int first);
        if (kind == CharacterKind.Letter)
            return Runs.EndOf(text, first, kind);
        if (kind == CharacterKind.Number)
            return NumberEnd(text, first);

        CharacterKind second = first < text.Length ? CharacterClasses.KindAt(text, first, out _) : CharacterKind.WhiteSpace;
        if (second == CharacterKind.Letter && text[0] is not ((byte)'\r' or (byte)'\n'))
            return Runs.EndOf(text, first, second);
        if (kind == CharacterKind.Other || (text[0] == ' ' && second == CharacterKind.Other))
            return LineEnds(text, Runs.EndOf(text, first, CharacterKind.Other));

        int lastLineEnd = text[..Runs.EndOf(text, 0, CharacterKind.WhiteSpace)].LastIndexOfAny((byte)'\r', (byte)'\n');
        return lastLineEnd >= 0 ? lastLineEnd + 1 : WhiteSpace.LengthAt(text);
    }

    private int NumberEnd(ReadOnlySpan<byte> text, int first)
    {
        int end = first;
        for (int digits = 1; digits < mostDigits && end < text.Length && CharacterClasses.KindAt(text, end, out int length) == CharacterKind.Number; digits++)
            end += length;
        return end;
    }

    private static int LineEnds(ReadOnlySpan<byte> text, int end)
    {
        while (end < text.Length && text[end] is (byte)'\r' or (byte)'\n')
            end++;
        return end;
    }

    /// <summary>Case is that of Unicode: the long s counts as an s.</summary>
    private static int ContractionLength(ReadOnlySpan<byte> text)
    {
        if (text[0] != '\'' || text.Length < 2)
            return 0;
        int letter = text[1] | 0x20;
        if (letter is 's' or 't' or 'm' or 'd')
            return 2;
        if (text.Length < 3)
            return 0;
        if (text[1..].StartsWith("ſ"u8))
            return 3;
        return (letter, text[2] | 0x20) is ('r', 'e') or ('v', 'e') or ('l', 'l') ? 3 : 0;
    }
}
