using TinT.Evaluation.Tokenizers.Files;
using TinT.Evaluation.Tokenizers.Patterns;

namespace TinT.Evaluation.Tokenizers.PreTokenizers;

/// <summary><c>Metaspace</c>: spaces are written as a visible character, one is put before the text or every part of it, and parts start with it.</summary>
internal static class Metaspace
{
    /// <summary>Its name.</summary>
    public const string Name = "Metaspace";

    /// <summary>Reads the row.</summary>
    public static IEnumerable<PreTokenizerStep> Read(JsonPlace place)
    {
        string replacement = place.Get("replacement").Character().ToString();
        yield return new PreTokenizerStep(place.Path, Name, new SpaceReplacement(replacement, PrependSchemes.Read(place)));
        if (place.Flag("split", otherwise: true))
            yield return new PreTokenizerStep(place.Path, Name, new Splitter(new LiteralPattern(replacement), SplitBehavior.MergedWithNext, invert: false));
    }
}
