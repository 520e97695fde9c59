using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.PostProcessors;

/// <summary><c>Sequence</c>: one after the other, each around what those before made.</summary>
internal static class Sequence
{
    /// <summary>Its name.</summary>
    public const string Name = "Sequence";

    /// <summary>Reads the row.</summary>
    public static TokenTemplate Read(JsonPlace place) =>
        place.Get("processors").Items().Select(PostProcessorReader.Read).Aggregate(TokenTemplate.Text, (inner, outer) => outer.Around(inner));
}
