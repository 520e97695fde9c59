using TinT.Evaluation.Tokenizers.Files;
using TinT.Evaluation.Tokenizers.Patterns;

namespace TinT.Evaluation.Tokenizers.PreTokenizers;

/// <summary><c>Split</c>: at a text or a regular expression.</summary>
internal static class Split
{
    /// <summary>Its name.</summary>
    public const string Name = "Split";

    /// <summary>Reads the row.</summary>
    public static IEnumerable<PreTokenizerStep> Read(JsonPlace place)
    {
        IPattern? pattern = PatternReader.Read(place.Get("pattern"));
        SplitBehavior behavior = SplitBehaviors.Read(place.Get("behavior"));
        yield return new PreTokenizerStep(place.Path, Name, new Splitter(pattern, behavior, place.Flag("invert", otherwise: false)));
    }
}
