using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.Normalizers;

/// <summary>Reads the normalizers of tokenizer files.</summary>
internal static class NormalizerReader
{
    private static readonly RowRegistry<INormalizer> rows = new("normalizer", new Dictionary<string, Func<JsonPlace, INormalizer>>
    {
        [Lowercase.Name] = Lowercase.Read,
        [Nfc.Name] = Nfc.Read,
        [Nfd.Name] = Nfd.Read,
        [Nfkc.Name] = Nfkc.Read,
        [Nfkd.Name] = Nfkd.Read,
        [Precompiled.Name] = Precompiled.Read,
        [Prepend.Name] = Prepend.Read,
        [Replace.Name] = Replace.Read,
        [Sequence.Name] = Sequence.Read,
        [Strip.Name] = Strip.Read,
        [StripAccents.Name] = StripAccents.Read,
    });

    /// <summary>Reads the normalizer that an object asks for.</summary>
    /// <param name="place">The object.</param>
    /// <exception cref="TokenizerFormatException">It is malformed, or asks for what is not supported.</exception>
    public static INormalizer Read(JsonPlace place) => rows.Read(place);
}
