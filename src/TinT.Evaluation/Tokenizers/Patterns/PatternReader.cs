using System.Text.RegularExpressions;
using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.Patterns;

/// <summary>Reads the patterns of tokenizer files: <c>{"String": "…"}</c> or <c>{"Regex": "…"}</c>.</summary>
internal static class PatternReader
{
    /// <summary>Patterns that are scanned by hand: many tokenizers have them, and expressions are slower.</summary>
    private static readonly Dictionary<string, Func<IPattern>> scanned = new(StringComparer.Ordinal)
    {
        [Gpt2Pattern.Source] = () => new Gpt2Pattern(),
        [Cl100kPattern.ThreeDigits] = () => new Cl100kPattern(3),
        [Cl100kPattern.SingleDigits] = () => new Cl100kPattern(1),
    };

    /// <summary>Reads a pattern.</summary>
    /// <param name="place">The pattern.</param>
    /// <returns><see langword="null"/> for the empty text, which is found nowhere.</returns>
    /// <exception cref="TokenizerFormatException">It is none, or has what is not supported.</exception>
    public static IPattern? Read(JsonPlace place)
    {
        if (place.Find("String") is { } literal)
            return literal.Text().Length > 0 ? new LiteralPattern(literal.Text()) : null;
        if (place.Find("Regex") is not { } regex)
            throw place.Error("must be {\"String\": …} or {\"Regex\": …}.");
        return scanned.TryGetValue(regex.Text(), out Func<IPattern>? create) ? create() : Compile(regex);
    }

    private static RegexPattern Compile(JsonPlace place)
    {
        try
        {
            return new RegexPattern(RegexTranslator.Translate(place.Text()), place.Error);
        }
        catch (RegexSyntaxException exception)
        {
            throw place.Error($"the regular expression {exception.Message}.");
        }
        catch (RegexParseException exception)
        {
            throw place.Error($"the regular expression cannot be read: {exception.Message}");
        }
    }
}
