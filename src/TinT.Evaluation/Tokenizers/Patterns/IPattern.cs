namespace TinT.Evaluation.Tokenizers.Patterns;

/// <summary>Finds places in texts. An instance works on one text at a time.</summary>
internal interface IPattern
{
    /// <summary>Takes up a text.</summary>
    /// <param name="text">Valid UTF-8.</param>
    void Begin(ReadOnlySpan<byte> text);

    /// <summary>Finds the first match that does not start before a place.</summary>
    /// <param name="text">The text that was taken up.</param>
    /// <param name="from">The place, at most the end of the text.</param>
    /// <param name="start">Where the match starts.</param>
    /// <param name="length">Its bytes; there may be none.</param>
    bool TryFind(ReadOnlySpan<byte> text, int from, out int start, out int length);
}
