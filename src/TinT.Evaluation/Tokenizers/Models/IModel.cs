namespace TinT.Evaluation.Tokenizers.Models;

/// <summary>Finds the tokens of each part of a text. An instance works on one part at a time.</summary>
internal interface IModel
{
    /// <summary>Appends the ids of a part.</summary>
    /// <param name="piece">The part, not empty: valid UTF-8, or bytes of it if the tokenizer is byte-level.</param>
    /// <param name="ids">Where the ids go.</param>
    void Encode(ReadOnlySpan<byte> piece, List<int> ids);

    /// <summary>Appends the tokens of a part with their places in it.</summary>
    /// <param name="piece">The part, as above.</param>
    /// <param name="tokens">Where the tokens go.</param>
    void Encode(ReadOnlySpan<byte> piece, List<TokenPlace> tokens);
}
