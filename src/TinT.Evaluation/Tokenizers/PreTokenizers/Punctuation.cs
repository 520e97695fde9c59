using TinT.Evaluation.Tokenizers.Characters;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Evaluation.Tokenizers.Patterns;

namespace TinT.Evaluation.Tokenizers.PreTokenizers;

/// <summary><c>Punctuation</c>: split at punctuation.</summary>
internal static class Punctuation
{
    /// <summary>Its name.</summary>
    public const string Name = "Punctuation";

    /// <summary>Reads the row.</summary>
    public static IEnumerable<PreTokenizerStep> Read(JsonPlace place)
    {
        SplitBehavior behavior = place.Find("behavior") is { } named ? SplitBehaviors.Read(named) : SplitBehavior.Isolated;
        yield return new PreTokenizerStep(place.Path, Name, new Splitter(new CharacterPattern(CharacterClasses.IsPunctuation), behavior, invert: false));
    }
}
