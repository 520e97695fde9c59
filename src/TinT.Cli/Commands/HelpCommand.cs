using System.CommandLine;
using TinT.Cli.Outcomes;

namespace TinT.Cli.Commands;

/// <summary><c>tint help</c>: the help of a command, as with <c>--help</c> behind it.</summary>
internal sealed class HelpCommand : Command, IHasExample
{
    private readonly Argument<string[]> words = new("COMMAND")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "The command, such as 'eval perplexity'. Default: the tool itself.",
    };

    /// <summary>Creates the command.</summary>
    public HelpCommand()
        : base("help", "Shows the help of a command, as --help behind it does.")
    {
        Add(words);
        SetAction(Show);
    }

    /// <inheritdoc/>
    public string Example => "tint help eval perplexity";

    private int Show(ParseResult arguments)
    {
        Command command = arguments.RootCommandResult.Command;
        foreach (string word in arguments.GetValue(words) ?? [])
        {
            command = command.Subcommands.FirstOrDefault(subcommand => subcommand.Name == word)
                ?? throw new UsageException(UnknownCommand.Describe(command, word));
        }

        // The same help as the option's, and the same place to write it to.
        string[] path = [.. CommandPath.Of(command).Split(' ')[1..], "--help"];
        return arguments.RootCommandResult.Command.Parse(path).Invoke(arguments.InvocationConfiguration);
    }
}
