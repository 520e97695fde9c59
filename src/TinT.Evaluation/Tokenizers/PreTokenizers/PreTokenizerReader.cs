using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.PreTokenizers;

/// <summary>Reads the pre-tokenizers of tokenizer files.</summary>
internal static class PreTokenizerReader
{
    private static readonly RowRegistry<IEnumerable<PreTokenizerStep>> rows = new(
        "pre-tokenizer", new Dictionary<string, Func<JsonPlace, IEnumerable<PreTokenizerStep>>>
    {
        [ByteLevel.Name] = ByteLevel.Read,
        [Digits.Name] = Digits.Read,
        [Metaspace.Name] = Metaspace.Read,
        [Punctuation.Name] = Punctuation.Read,
        [Sequence.Name] = Sequence.Read,
        [Split.Name] = Split.Read,
        [Whitespace.Name] = Whitespace.Read,
        [WhitespaceSplit.Name] = WhitespaceSplit.Read,
    });

    /// <summary>Reads the steps that an object asks for.</summary>
    /// <param name="place">The object.</param>
    /// <exception cref="TokenizerFormatException">It is malformed, or asks for what is not supported.</exception>
    public static IEnumerable<PreTokenizerStep> Read(JsonPlace place) => [.. rows.Read(place)];

    /// <summary>Reads the chain of steps of a tokenizer.</summary>
    /// <param name="place">The object; <see langword="null"/> if there is none.</param>
    /// <exception cref="TokenizerFormatException">It is malformed, or asks for what is not supported.</exception>
    public static PreTokenizerChain ReadChain(JsonPlace? place)
    {
        PreTokenizerStep[] steps = place is { } some ? [.. Read(some)] : [];
        return steps.Where(step => step.PreTokenizer is ByteLetters).Skip(1).FirstOrDefault() is { } second
            ? throw TokenizerFormatException.At(
                place!.Value.File, second.Path, "is the second ByteLevel, which would write the letters of bytes as bytes; remove one of them.")
            : PreTokenizerChain.Of(steps);
    }
}
