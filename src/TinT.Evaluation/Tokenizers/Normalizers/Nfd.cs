using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.Normalizers;

/// <summary><c>NFD</c>: Unicode's normalization form of that name.</summary>
internal static class Nfd
{
    /// <summary>Its name.</summary>
    public const string Name = "NFD";

    /// <summary>Reads the row.</summary>
    public static INormalizer Read(JsonPlace place) => new UnicodeForm(isCompatible: false, composes: false);
}
