using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers;

/// <summary>Turns text into token ids and back.</summary>
/// <remarks>Bytes of a text that are not UTF-8 are read as U+FFFD. An instance may own caches and is not safe for concurrent calls.</remarks>
public interface ITokenizer
{
    /// <summary>Name for reports: <c>bytes</c>, or the last part of the directory it was loaded from.</summary>
    string Name { get; }

    /// <summary>One more than the highest id; added tokens may leave some of the ids below without a token.</summary>
    int VocabularySize { get; }

    /// <summary>
    /// Ids that the model expects before each text, such as OPT's <c>&lt;/s&gt;</c> or LLaMA's <c>&lt;s&gt;</c>; GPT-2's tokenizer has none. Encoding does not
    /// add them: that is left to whoever splits a text.
    /// </summary>
    IReadOnlyList<int> StartIds { get; }

    /// <summary>Ids that the model expects behind each text; most have none. Encoding does not add them.</summary>
    IReadOnlyList<int> EndIds { get; }

    /// <summary>
    /// Appends the ids of a text. Special tokens that are spelled out in the text are plain text, unless the tokenizer was told to read them.
    /// </summary>
    /// <param name="utf8">The text.</param>
    /// <param name="ids">Where the ids go.</param>
    /// <exception cref="TokenizerFormatException">A regular expression of the tokenizer takes far too long on this text.</exception>
    void Encode(ReadOnlySpan<byte> utf8, List<int> ids);

    /// <summary>Encodes a text and tells where each token lies and what cut it off. Slower than <see cref="Encode"/>.</summary>
    /// <param name="utf8">The text.</param>
    /// <exception cref="TokenizerFormatException">A regular expression of the tokenizer takes far too long on this text.</exception>
    ExplainedText Explain(ReadOnlySpan<byte> utf8);

    /// <summary>A token as the vocabulary spells it; <see langword="null"/> if the id has none.</summary>
    /// <param name="id">Its id.</param>
    string? PieceOf(int id);

    /// <summary>The UTF-8 bytes of the ids' text; they may end inside a character, as tokens do.</summary>
    /// <param name="ids">Token ids.</param>
    /// <param name="skipSpecialTokens">Whether special tokens are left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id has no token.</exception>
    byte[] DecodeUtf8(ReadOnlySpan<int> ids, bool skipSpecialTokens = false);
}
