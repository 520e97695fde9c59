using System.CommandLine;
using System.CommandLine.Help;
using TinT.Cli.Context;
using TinT.Cli.Sweeps;

namespace TinT.Cli.Commands;

/// <summary><c>tint sweep</c>: a grid of evaluations, by any number of processes. With a file alone it is <c>tint sweep run</c>.</summary>
internal sealed class SweepCommand : Command, IHasExample
{
    private const string OwnName = "sweep", DefaultName = "run";

    private static readonly string[] helpNames = [new HelpOption().Name, .. new HelpOption().Aliases];

    /// <summary>Creates the command with its subcommands.</summary>
    public SweepCommand(CommandContext context)
        : base(
            OwnName,
            "Evaluates a grid of specs, checkpoints, texts or tasks and inner trainings, by any number of processes on any number of machines with a common "
                + "folder. "
                + "With a sweep instead of a command it is run.")
    {
        Add(new SweepSubcommand(
            "plan",
            "Says what a sweep takes: units of work, operations, memory, and time by a short measurement.",
            "tint sweep plan specs/byte-gpt2.sweep.yaml",
            SweepOptions.Threads | SweepOptions.Plan,
            request => SweepJob.Plan(context, request)));
        Add(new SweepSubcommand(
            DefaultName,
            "Works on a sweep until all is finished, together with other processes that do the same; goes on where it stopped.",
            "tint sweep run specs/byte-gpt2.sweep.yaml --output results\ntint sweep run specs/byte-gpt2.sweep.yaml --output results --shard 2/4",
            SweepOptions.Output | SweepOptions.Threads | SweepOptions.Run | SweepOptions.Reports,
            request => SweepJob.Run(context, request)));
        Add(new SweepSubcommand(
            "status",
            "Shows how far a sweep is; on a terminal until all is finished.",
            "tint sweep status specs/byte-gpt2.sweep.yaml --output results",
            SweepOptions.Output,
            request => SweepJob.Status(context, request)));
        Add(new SweepSubcommand(
            "report",
            "Shows and writes the results so far.",
            "tint sweep report specs/byte-gpt2.sweep.yaml --output results --csv result.csv --html result.html",
            SweepOptions.Output | SweepOptions.Reports,
            request => SweepJob.Report(context, request)));
        Add(new SweepSubmitCommand(context));
    }

    /// <inheritdoc/>
    public string Example => "tint sweep plan specs/byte-gpt2.sweep.yaml\ntint sweep specs/byte-gpt2.sweep.yaml --output results";

    /// <summary>The command line with the command that is meant where a sweep or an option stands in its place; so help has one form of each command.</summary>
    /// <param name="arguments">Arguments of the tool.</param>
    public static IReadOnlyList<string> WithCommand(IReadOnlyList<string> arguments) =>
        arguments is [OwnName, string first, ..] && (first is ['-', ..] ? !helpNames.Contains(first) : IsFile(first))
            ? [OwnName, DefaultName, .. arguments.Skip(1)]
            : arguments;

    /// <summary>Whether a word is a path rather than a command, which may be misspelt.</summary>
    private static bool IsFile(string word) => word.AsSpan().ContainsAny('.', '/', '\\') || File.Exists(word);
}
