using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.PreTokenizers;

/// <summary>The names that tokenizer files have for <see cref="SplitBehavior"/>.</summary>
internal static class SplitBehaviors
{
    /// <summary>Reads a name.</summary>
    /// <param name="place">The name.</param>
    /// <exception cref="TokenizerFormatException">It is none.</exception>
    public static SplitBehavior Read(JsonPlace place)
    {
        string name = place.Text();
        foreach (SplitBehavior behavior in Enum.GetValues<SplitBehavior>())
        {
            if (behavior.ToString() == name)
                return behavior;
        }

        throw place.Error($"must be one of {string.Join(", ", Enum.GetNames<SplitBehavior>())}, not {place.Describe()}.");
    }
}
