using TinT.Evaluation.Tokenizers.Characters;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Evaluation.Tokenizers.Patterns;

namespace TinT.Evaluation.Tokenizers.PreTokenizers;

/// <summary><c>Digits</c>: numbers are parts of their own, with <c>individual_digits</c> each digit is.</summary>
internal static class Digits
{
    /// <summary>Its name.</summary>
    public const string Name = "Digits";

    /// <summary>Reads the row.</summary>
    public static IEnumerable<PreTokenizerStep> Read(JsonPlace place)
    {
        SplitBehavior behavior = place.Flag("individual_digits", otherwise: false) ? SplitBehavior.Isolated : SplitBehavior.Contiguous;
        yield return new PreTokenizerStep(place.Path, Name, new Splitter(new CharacterPattern(CharacterClasses.IsNumeric), behavior, invert: false));
    }
}
