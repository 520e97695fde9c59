using TinT.Evaluation.Tokenizers.Texts;

namespace TinT.Evaluation.Tokenizers.PreTokenizers;

/// <summary>A step that cuts a text into parts, inside each of which the model finds its tokens. An instance works on one text at a time.</summary>
internal interface IPreTokenizer
{
    /// <summary>Cuts a part of the text further.</summary>
    /// <param name="piece">The part.</param>
    /// <param name="step">Number of this step.</param>
    /// <param name="next">Takes the parts of the part, in order.</param>
    void Split(in Piece piece, int step, IPieceSink next);
}
