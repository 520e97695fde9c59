using System.Text;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Evaluation.Tokenizers.Texts;

namespace TinT.Evaluation.Tokenizers.Normalizers;

/// <summary><c>Prepend</c>: something is put before a text that is not empty.</summary>
internal sealed class Prepend(string prepended) : INormalizer
{
    /// <summary>Its name.</summary>
    public const string Name = "Prepend";

    private readonly byte[] utf8 = Encoding.UTF8.GetBytes(prepended);
    private readonly TextRewriter rewriter = new();

    /// <summary>Reads the row.</summary>
    public static INormalizer Read(JsonPlace place) => new Prepend(place.Get("prepend").Text());

    /// <inheritdoc/>
    public Piece Normalize(scoped in Piece text)
    {
        if (text.Text.IsEmpty)
            return text;
        rewriter.Begin(text);
        rewriter.Replace(text, 0, 0, utf8);
        rewriter.Keep(text, 0, text.Text.Length);
        return rewriter.End(text);
    }
}
