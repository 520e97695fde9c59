using TinT.Evaluation.Tokenizers.Files;
using TinT.Evaluation.Tokenizers.Patterns;

namespace TinT.Evaluation.Tokenizers.PreTokenizers;

/// <summary>
/// <c>ByteLevel</c>: from here on each byte is a character. <c>add_prefix_space</c> puts a space before a text without one, <c>use_regex</c> cuts it as
/// GPT-2 does. <c>trim_offsets</c> changes no ids and is not read: spans here are always those of the bytes.
/// </summary>
internal static class ByteLevel
{
    /// <summary>Its name.</summary>
    public const string Name = "ByteLevel";

    /// <summary>Reads the row.</summary>
    public static IEnumerable<PreTokenizerStep> Read(JsonPlace place)
    {
        if (place.Flag("add_prefix_space", otherwise: true))
            yield return new PreTokenizerStep(place.Path, Name, new SpacePrefix());
        if (place.Flag("use_regex", otherwise: true))
            yield return new PreTokenizerStep(place.Path, Name, new Splitter(new Gpt2Pattern(), SplitBehavior.Isolated, invert: false));
        yield return new PreTokenizerStep(place.Path, Name, new ByteLetters());
    }
}
