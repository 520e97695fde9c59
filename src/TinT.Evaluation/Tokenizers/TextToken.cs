namespace TinT.Evaluation.Tokenizers;

/// <summary>A token in a text.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Piece">Its spelling in the vocabulary.</param>
/// <param name="Start">First byte of the text that it stands for.</param>
/// <param name="End">First byte of the text behind it; the start for a token that the tokenizer put there.</param>
/// <param name="Part">Index of the part of the text that it belongs to.</param>
public readonly record struct TextToken(int Id, string Piece, int Start, int End, int Part)
{
    /// <summary>The part of tokens that are put around a text.</summary>
    public const int NoPart = -1;
}
