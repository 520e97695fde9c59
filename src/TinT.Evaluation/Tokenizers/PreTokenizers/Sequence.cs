using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.PreTokenizers;

/// <summary><c>Sequence</c>: one after the other.</summary>
internal static class Sequence
{
    /// <summary>Its name.</summary>
    public const string Name = "Sequence";

    /// <summary>Reads the row.</summary>
    public static IEnumerable<PreTokenizerStep> Read(JsonPlace place) => place.Get("pretokenizers").Items().SelectMany(PreTokenizerReader.Read);
}
