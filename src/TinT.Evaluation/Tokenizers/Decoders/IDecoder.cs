namespace TinT.Evaluation.Tokenizers.Decoders;

/// <summary>Turns the spellings of tokens back into text, in steps.</summary>
internal interface IDecoder
{
    /// <summary>Makes a step.</summary>
    /// <param name="tokens">UTF-8 of the tokens as they are spelled, or as the step before left them.</param>
    /// <returns>What is left, in order; the bytes of the last step, put together, are the text.</returns>
    IReadOnlyList<byte[]> Decode(IReadOnlyList<byte[]> tokens);
}
