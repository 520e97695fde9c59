using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.Normalizers;

/// <summary><c>NFKC</c>: Unicode's normalization form of that name.</summary>
internal static class Nfkc
{
    /// <summary>Its name.</summary>
    public const string Name = "NFKC";

    /// <summary>Reads the row.</summary>
    public static INormalizer Read(JsonPlace place) => new UnicodeForm(isCompatible: true, composes: true);
}
