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
            int lower = LowerOf(codePoint);
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

    /// <summary>The lower case by Unicode 17, of which .NET may not have the latest letters.</summary>
    private static int LowerOf(int codePoint) => codePoint switch
    {
        0xA7CE or 0xA7D2 or 0xA7D4 => codePoint + 1,
        >= 0x16EA0 and <= 0x16EB8 => codePoint + 0x1B,
        _ => Rune.ToLowerInvariant(new Rune(codePoint)).Value,
    };
}
