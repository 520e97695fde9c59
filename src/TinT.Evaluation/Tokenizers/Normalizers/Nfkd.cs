using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.Normalizers;

/// <summary><c>NFKD</c>: Unicode's normalization form of that name.</summary>
internal static class Nfkd
{
    /// <summary>Its name.</summary>
    public const string Name = "NFKD";

    /// <summary>Reads the row.</summary>
    public static INormalizer Read(JsonPlace place) => new UnicodeForm(isCompatible: true, composes: false);
}
