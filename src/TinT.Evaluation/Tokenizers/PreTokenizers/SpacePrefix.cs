using TinT.Evaluation.Tokenizers.Texts;

namespace TinT.Evaluation.Tokenizers.PreTokenizers;

/// <summary>Puts a space before a text that starts with none, so that its first word is written like any other.</summary>
internal sealed class SpacePrefix : IPreTokenizer
{
    private readonly TextRewriter rewriter = new();

    /// <inheritdoc/>
    public void Split(in Piece piece, int step, IPieceSink next)
    {
        if (piece.Text[0] == ' ')
        {
            next.Accept(piece);
            return;
        }

        rewriter.Begin(piece);
        rewriter.Replace(piece, 0, 0, " "u8);
        rewriter.Keep(piece, 0, piece.Text.Length);
        next.Accept(rewriter.End(piece));
    }
}
