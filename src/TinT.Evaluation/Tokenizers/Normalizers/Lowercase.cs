using System.Globalization;
using System.Text;
using TinT.Evaluation.Tokenizers.Characters;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Evaluation.Tokenizers.Texts;

namespace TinT.Evaluation.Tokenizers.Normalizers;

/// <summary><c>Lowercase</c>: each character is replaced by its lower case, whatever stands around it.</summary>
internal sealed class Lowercase : INormalizer
{
    /// <summary>Its name.</summary>
    public const string Name = "Lowercase";

    /// <summary>The one character whose lower case is two: the i keeps its dot.</summary>
    private const int CapitalDottedI = 0x130;

    private readonly TextRewriter rewriter = new();

    /// <summary>Reads the row.</summary>
    public static INormalizer Read(JsonPlace place) => new Lowercase();

    /// <inheritdoc/>
    public Piece Normalize(scoped in Piece text)
    {
        Span<byte> utf8 = stackalloc byte[4];
        rewriter.Begin(text);
        for (int index = 0; index < text.Text.Length;)
        {
            int codePoint = CodePoints.At(text.Text, index, out int length);
            // .NET knows the case of some letters before it knows that they are letters.
            Rune rune = new(codePoint);
            int lower = Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherNotAssigned ? codePoint : Rune.ToLowerInvariant(rune).Value;
            if (codePoint == CapitalDottedI)
                rewriter.Replace(text, index, length, "i\u0307"u8);
            else if (lower == codePoint)
                rewriter.Keep(text, index, length);
            else
                rewriter.Replace(text, index, length, utf8[..new Rune(lower).EncodeToUtf8(utf8)]);
            index += length;
        }

        return rewriter.End(text);
    }
}
