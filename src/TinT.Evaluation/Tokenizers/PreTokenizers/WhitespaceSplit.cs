using TinT.Evaluation.Tokenizers.Characters;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Evaluation.Tokenizers.Patterns;

namespace TinT.Evaluation.Tokenizers.PreTokenizers;

/// <summary><c>WhitespaceSplit</c>: split at white space, which is left out.</summary>
internal static class WhitespaceSplit
{
    /// <summary>Its name.</summary>
    public const string Name = "WhitespaceSplit";

    /// <summary>Reads the row.</summary>
    public static IEnumerable<PreTokenizerStep> Read(JsonPlace place)
    {
        yield return new PreTokenizerStep(
            place.Path, Name, new Splitter(new CharacterPattern(CharacterClasses.IsWhiteSpace), SplitBehavior.Removed, invert: false));
    }
}
