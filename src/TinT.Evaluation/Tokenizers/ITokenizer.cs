namespace TinT.Evaluation.Tokenizers;

/// <summary>Turns text into token ids and back.</summary>
/// <remarks>
/// Lossless for every well-formed text: decoding the ids gives the same text, but for white space that a special token takes. A lone
/// surrogate has no UTF-8 form and is read as U+FFFD. An instance may own caches and is not safe for concurrent calls.
/// </remarks>
public interface ITokenizer
{
    /// <summary>Name for reports: <c>bytes</c>, or the last part of the directory it was loaded from.</summary>
    string Name { get; }

    /// <summary>Number of ids; they run from 0 to this minus one. Added special tokens may leave some of them without a token.</summary>
    int VocabularySize { get; }

    /// <summary>
    /// Id that starts every line of a text, or <see langword="null"/> for none. OPT's tokenizer puts <c>&lt;/s&gt;</c>
    /// (id 2) there; GPT-2's adds nothing. Encoding does not add it: that is left to whoever splits a text into lines.
    /// </summary>
    int? LineStartId { get; }

    /// <summary>
    /// Appends the ids of a text. Special tokens that are spelled out in the text are plain text, unless the tokenizer was told to read them.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="ids">Where the ids go.</param>
    void Encode(ReadOnlySpan<char> text, List<int> ids);

    /// <summary>The UTF-8 bytes of the ids' text; they may end inside a character, as tokens do.</summary>
    /// <param name="ids">Token ids.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is not in the vocabulary.</exception>
    byte[] DecodeUtf8(ReadOnlySpan<int> ids);
}
