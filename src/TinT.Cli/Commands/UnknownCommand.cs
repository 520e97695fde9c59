using System.CommandLine;

namespace TinT.Cli.Commands;

/// <summary>What to say to a command that does not exist: which one was meant, or which ones there are.</summary>
internal static class UnknownCommand
{
    /// <summary>The message.</summary>
    /// <param name="parent">The command whose subcommand it should be.</param>
    /// <param name="word">What was written.</param>
    public static string Describe(Command parent, string word)
    {
        string path = CommandPath.Of(parent);
        string[] names = [.. parent.Subcommands.Select(command => command.Name)];
        if (names.Length == 0)
            return $"'{path}' has no command '{word}'.";
        return Closest.To(word, names) is { } meant
            ? $"'{word}' is no command of '{path}'; did you mean '{path} {meant}'?"
            : $"'{word}' is no command of '{path}'; there {(names.Length == 1 ? "is" : "are")} {string.Join(", ", names)}.";
    }
}
