using System.Globalization;
using System.Text;
using TinT.Evaluation.Tokenizers.Characters;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Evaluation.Tokenizers.Texts;

namespace TinT.Evaluation.Tokenizers.Normalizers;

/// <summary><c>Precompiled</c>: SentencePiece's rules, applied to short grapheme clusters as a whole and to others character by character.</summary>
internal sealed class Precompiled(CharacterMap map) : INormalizer
{
    /// <summary>Its name.</summary>
    public const string Name = "Precompiled";

    /// <summary>Bytes from which on a cluster is not looked up as a whole.</summary>
    private const int LongCluster = 6;

    private readonly TextRewriter rewriter = new();

    /// <summary>Reads the row.</summary>
    public static INormalizer Read(JsonPlace place)
    {
        JsonPlace encoded = place.Get("precompiled_charsmap");
        byte[] bytes = new byte[encoded.Text().Length];
        bool isBase64 = Convert.TryFromBase64String(encoded.Text(), bytes, out int count);
        return isBase64 && CharacterMap.TryRead(bytes.AsSpan(0, count)) is { } map
            ? new Precompiled(map)
            : throw encoded.Error("must be SentencePiece's rules in base 64; download the file again.");
    }

    /// <inheritdoc/>
    public Piece Normalize(scoped in Piece text)
    {
        rewriter.Begin(text);
        int index = 0;
        ReadOnlySpan<char> rest = Encoding.UTF8.GetString(text.Text);
        while (!rest.IsEmpty)
        {
            int units = StringInfo.GetNextTextElementLength(rest);
            int length = Encoding.UTF8.GetByteCount(rest[..units]);
            if (length >= LongCluster || !TryReplace(text, index, length))
                ReplaceEach(text, index, length);
            index += length;
            rest = rest[units..];
        }

        return rewriter.End(text);
    }

    private void ReplaceEach(scoped in Piece text, int start, int clusterLength)
    {
        for (int index = start; index < start + clusterLength;)
        {
            int length = CodePoints.LengthOf(text.Text[index]);
            if (!TryReplace(text, index, length))
                rewriter.Keep(text, index, length);
            index += length;
        }
    }

    private bool TryReplace(scoped in Piece text, int start, int length)
    {
        if (!map.TryFind(text.Text.Slice(start, length), longest: false, out _, out ReadOnlySpan<byte> replacement))
            return false;
        rewriter.Replace(text, start, length, replacement);
        return true;
    }
}
