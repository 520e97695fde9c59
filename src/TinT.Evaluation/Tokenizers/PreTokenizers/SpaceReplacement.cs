using System.Text;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Evaluation.Tokenizers.Texts;

namespace TinT.Evaluation.Tokenizers.PreTokenizers;

/// <summary>Writes spaces as another character and puts one before texts that start with none.</summary>
/// <param name="replacement">The character.</param>
/// <param name="scheme">Before which texts.</param>
internal sealed class SpaceReplacement(string replacement, PrependScheme scheme) : IPreTokenizer
{
    private readonly byte[] utf8 = Encoding.UTF8.GetBytes(replacement);
    private readonly TextRewriter rewriter = new();

    /// <inheritdoc/>
    public void Split(in Piece piece, int step, IPieceSink next)
    {
        ReadOnlySpan<byte> text = piece.Text;
        rewriter.Begin(piece);
        bool isWanted = scheme == PrependScheme.Always || (scheme == PrependScheme.First && piece.IsAtStart);
        if (isWanted && text[0] != ' ' && !text.StartsWith(utf8))
            rewriter.Replace(piece, 0, 0, utf8);
        for (int index = 0; index < text.Length;)
        {
            int kept = text[index..].IndexOf((byte)' ');
            if (kept != 0)
                rewriter.Keep(piece, index, kept < 0 ? text.Length - index : kept);
            if (kept < 0)
                break;
            index += kept;
            rewriter.Replace(piece, index++, 1, utf8);
        }

        next.Accept(rewriter.End(piece));
    }
}
