using TinT.Evaluation.Tokenizers.Characters;
using TinT.Evaluation.Tokenizers.Texts;

namespace TinT.Evaluation.Tokenizers.PreTokenizers;

/// <summary>Turns the letters of <see cref="ByteLetters"/> back to the bytes that they write.</summary>
internal sealed class ByteLetterReader : IPreTokenizer
{
    private readonly TextRewriter rewriter = new();

    /// <inheritdoc/>
    public void Split(in Piece piece, int step, IPieceSink next)
    {
        rewriter.Begin(piece);
        for (int index = 0; index < piece.Text.Length;)
        {
            int letter = CodePoints.At(piece.Text, index, out int length);
            rewriter.Replace(piece, index, length, [ByteAlphabet.ToByte(letter)]);
            index += length;
        }

        next.Accept(rewriter.End(piece));
    }
}
