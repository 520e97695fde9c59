using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.Models;

/// <summary>Reads the models of tokenizer files.</summary>
internal static class ModelReader
{
    private static readonly RowRegistry<Func<bool, (Vocabulary Vocabulary, IModel Model)>> rows = new(
        "model",
        new Dictionary<string, Func<JsonPlace, Func<bool, (Vocabulary Vocabulary, IModel Model)>>>
        {
            [BytePair.Name] = place => isByteLevel => BytePair.Read(place, isByteLevel),
            [Unigram.Name] = place => isByteLevel => Unigram.Read(place, isByteLevel),
        });

    /// <summary>Reads the model that an object asks for; files of old have no type with a BPE.</summary>
    /// <param name="place">The object.</param>
    /// <param name="isByteLevel">Whether the pre-tokenizers give it bytes.</param>
    /// <exception cref="TokenizerFormatException">It is malformed, or asks for what is not supported.</exception>
    public static (Vocabulary Vocabulary, IModel Model) Read(JsonPlace place, bool isByteLevel) =>
        place.Find("type") is null && place.Find("merges") is not null ? BytePair.Read(place, isByteLevel) : rows.Read(place)(isByteLevel);
}
