using System.CommandLine.Parsing;

namespace TinT.Cli.Files;

/// <summary>Texts that are no paths.</summary>
internal static class EmptyPath
{
    /// <summary>Refuses empty texts where a path is needed.</summary>
    /// <param name="result">What was given for an argument or option.</param>
    public static void Refuse(SymbolResult result)
    {
        if (result.Tokens.Any(token => token.Value.Length == 0))
            result.AddError(result is OptionResult option ? $"{option.Option.Name} needs a path, not an empty text." : "A path is empty.");
    }
}
