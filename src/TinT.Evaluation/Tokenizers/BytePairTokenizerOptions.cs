namespace TinT.Evaluation.Tokenizers;

/// <summary>What a byte-pair tokenizer's files must fit, and how texts are read.</summary>
public sealed record BytePairTokenizerOptions
{
    /// <summary>Token that starts every line, <c>&lt;/s&gt;</c> for OPT; <see langword="null"/> for none.</summary>
    public string? LineStartToken { get; init; }

    /// <summary>Ids the model knows; every id of the vocabulary must be below. <see langword="null"/> not to check.</summary>
    public int? ModelVocabularySize { get; init; }

    /// <summary>
    /// Whether special tokens that are spelled out in a text, such as <c>&lt;|endoftext|&gt;</c>, are read as the tokens, as
    /// <c>transformers</c> reads them; otherwise they are plain text.
    /// </summary>
    /// <remarks>
    /// The tokens are those of <c>added_tokens_decoder</c> in <c>tokenizer_config.json</c> or, where that is missing, of
    /// <c>added_tokens.json</c>, and those that <c>tokenizer_config.json</c> and <c>special_tokens_map.json</c> give a role, if the vocabulary
    /// has them. <c>&lt;|endoftext|&gt;</c> has the roles of GPT-2's tokenizer that no file gives; where no file gives any,
    /// <see cref="LineStartToken"/> is special as well.
    /// </remarks>
    public bool ReadSpecialTokens { get; init; }
}
