using System.CommandLine;

namespace TinT.Cli.Commands;

/// <summary>What is wrong with a command line.</summary>
internal static class WrongUsage
{
    /// <summary>One message a mistake. A misspelt command or option is told once, with the one that was meant, and not what follows from it.</summary>
    /// <param name="parsed">A command line with errors.</param>
    public static IReadOnlyList<string> Describe(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string? word = OptionAsArgument(parsed) ?? (parsed.UnmatchedTokens is [string unmatched, ..] ? unmatched : null);
        if (word is null)
            return [.. parsed.Errors.Select(error => error.Message)];
        if (command.Subcommands.Count > 0 && !word.StartsWith('-'))
            return [UnknownCommand.Describe(command, word)];

        string[] names =
            [.. command.Options.Concat(parsed.RootCommandResult.Command.Options.Where(option => option.Recursive)).Select(option => option.Name).Distinct()];
        return word.StartsWith('-') && Closest.To(word, names) is { } meant
            ? [$"'{word}' is no option of '{CommandPath.Of(command)}'; did you mean {meant}?"]
            : [.. parsed.Errors.Select(error => error.Message)];
    }

    /// <summary>An option that does not exist and so was taken for an argument, in front of which it stands.</summary>
    private static string? OptionAsArgument(ParseResult parsed) => parsed.CommandResult.Command.Arguments
        .SelectMany(argument => parsed.GetResult(argument)?.Tokens ?? []).Select(token => token.Value).FirstOrDefault(value => value is ['-', _, ..]);
}
