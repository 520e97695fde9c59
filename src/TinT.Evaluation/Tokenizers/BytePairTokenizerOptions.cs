namespace TinT.Evaluation.Tokenizers;

/// <summary>What a byte-pair tokenizer's files must fit.</summary>
public sealed record BytePairTokenizerOptions
{
    /// <summary>Token that starts every line, <c>&lt;/s&gt;</c> for OPT; <see langword="null"/> for none.</summary>
    public string? LineStartToken { get; init; }

    /// <summary>Ids the model knows; every id of the vocabulary must be below. <see langword="null"/> not to check.</summary>
    public int? ModelVocabularySize { get; init; }
}
