using TinT.Evaluation.Tokenizers.Characters;
using TinT.Evaluation.Tokenizers.Texts;

namespace TinT.Evaluation.Tokenizers.Normalizers;

/// <summary>A normalization form of Unicode: <c>NFC</c>, <c>NFD</c>, <c>NFKC</c> or <c>NFKD</c>.</summary>
/// <param name="isCompatible">Whether characters that only look like others, such as ligatures, are replaced too.</param>
/// <param name="composes">Whether letters and their marks are put together at the end.</param>
internal sealed class UnicodeForm(bool isCompatible, bool composes) : INormalizer
{
    private readonly TextRewriter rewriter = new();
    private readonly CanonicalText canonical = new(isCompatible, composes);

    /// <inheritdoc/>
    public Piece Normalize(scoped in Piece text)
    {
        ReadOnlySpan<byte> source = text.Text;
        if (!source.ContainsAnyInRange((byte)0x80, byte.MaxValue))
            return text;

        rewriter.Begin(text);
        for (int index = 0; index < source.Length;)
        {
            int length = CanonicalText.SegmentLength(source[index..]);
            ReadOnlySpan<byte> segment = source.Slice(index, length);
            ReadOnlySpan<byte> normalized = canonical.Normalize(segment);
            if (normalized.SequenceEqual(segment))
                rewriter.Keep(text, index, length);
            else
                rewriter.Replace(text, index, length, normalized);
            index += length;
        }

        return rewriter.End(text);
    }
}
