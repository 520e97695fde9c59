namespace TinT.Evaluation.Tokenizers;

/// <summary>What a tokenizer's files must fit, and how texts are read.</summary>
public sealed record TokenizerOptions
{
    /// <summary>Token that starts texts where no file says which does, <c>&lt;/s&gt;</c> for OPT; <see langword="null"/> for none.</summary>
    public string? UsualStartToken { get; init; }

    /// <summary>Ids the model knows; every id of the vocabulary must be below. <see langword="null"/> not to check.</summary>
    public int? ModelVocabularySize { get; init; }

    /// <summary>
    /// Whether special tokens that are spelled out in a text, such as <c>&lt;|endoftext|&gt;</c>, are read as the tokens, as
    /// <c>transformers</c> reads them; otherwise they are plain text.
    /// </summary>
    public bool ReadSpecialTokens { get; init; }
}
