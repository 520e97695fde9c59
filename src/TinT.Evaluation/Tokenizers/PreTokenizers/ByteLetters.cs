using System.Text;
using TinT.Evaluation.Tokenizers.Characters;
using TinT.Evaluation.Tokenizers.Texts;

namespace TinT.Evaluation.Tokenizers.PreTokenizers;

/// <summary>Writes each byte as the visible character that GPT-2's alphabet has for it.</summary>
internal sealed class ByteLetters : IPreTokenizer
{
    private static readonly byte[][] letters = [.. Enumerable.Range(0, 256).Select(value => Encoding.UTF8.GetBytes([ByteAlphabet.ToCharacter((byte)value)]))];

    private readonly TextRewriter rewriter = new();

    /// <inheritdoc/>
    public void Split(in Piece piece, int step, IPieceSink next)
    {
        rewriter.Begin(piece);
        for (int index = 0; index < piece.Text.Length; index++)
            rewriter.Replace(piece, index, 1, letters[piece.Text[index]]);
        next.Accept(rewriter.End(piece));
    }
}
