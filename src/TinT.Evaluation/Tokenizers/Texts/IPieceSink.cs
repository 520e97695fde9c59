namespace TinT.Evaluation.Tokenizers.Texts;

/// <summary>Takes parts of a text, in order.</summary>
internal interface IPieceSink
{
    /// <summary>Takes the next part.</summary>
    /// <param name="piece">The part, not empty; valid during the call.</param>
    void Accept(in Piece piece);
}
