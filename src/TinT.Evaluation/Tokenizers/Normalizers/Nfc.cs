using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.Normalizers;

/// <summary><c>NFC</c>: Unicode's normalization form of that name.</summary>
internal static class Nfc
{
    /// <summary>Its name.</summary>
    public const string Name = "NFC";

    /// <summary>Reads the row.</summary>
    public static INormalizer Read(JsonPlace place) => new UnicodeForm(isCompatible: false, composes: true);
}
