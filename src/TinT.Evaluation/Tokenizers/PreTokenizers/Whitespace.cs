using TinT.Evaluation.Tokenizers.Files;
using TinT.Evaluation.Tokenizers.Patterns;

namespace TinT.Evaluation.Tokenizers.PreTokenizers;

/// <summary><c>Whitespace</c>: words and runs of signs are parts, white space is left out.</summary>
internal static class Whitespace
{
    /// <summary>Its name.</summary>
    public const string Name = "Whitespace";

    /// <summary>Reads the row.</summary>
    public static IEnumerable<PreTokenizerStep> Read(JsonPlace place)
    {
        yield return new PreTokenizerStep(place.Path, Name, new Splitter(new WordPattern(), SplitBehavior.Removed, invert: true));
    }
}
