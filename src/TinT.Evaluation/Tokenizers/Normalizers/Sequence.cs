using TinT.Evaluation.Tokenizers.Files;
using TinT.Evaluation.Tokenizers.Texts;

namespace TinT.Evaluation.Tokenizers.Normalizers;

/// <summary><c>Sequence</c>: one after the other.</summary>
internal sealed class Sequence(IReadOnlyList<INormalizer> normalizers) : INormalizer
{
    /// <summary>Its name.</summary>
    public const string Name = "Sequence";

    /// <summary>Reads the row.</summary>
    public static INormalizer Read(JsonPlace place) => new Sequence([.. place.Get("normalizers").Items().Select(NormalizerReader.Read)]);

    /// <inheritdoc/>
    public Piece Normalize(scoped in Piece text)
    {
        Piece normalized = text;
        foreach (INormalizer normalizer in normalizers)
            normalized = normalizer.Normalize(normalized);
        return normalized;
    }
}
