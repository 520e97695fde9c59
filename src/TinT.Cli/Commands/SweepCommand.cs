using System.CommandLine;
using TinT.Cli.Context;
using TinT.Cli.Sweeps;

namespace TinT.Cli.Commands;

/// <summary><c>tint sweep</c>: a grid of evaluations, by any number of processes.</summary>
internal sealed class SweepCommand : Command, IHasExample
{
    /// <summary>Creates the command with its subcommands.</summary>
    public SweepCommand(CommandContext context)
        : base("sweep", "Evaluates a grid of specs, checkpoints, texts or tasks and inner trainings, by any number of processes on any number of machines with a common folder.")
    {
        Add(new SweepSubcommand(
            "plan",
            "Says what a sweep takes: units of work, operations, memory, and time by a short measurement.",
            "tint sweep plan specs/byte-gpt2.sweep.yaml",
            SweepOptions.Threads | SweepOptions.Plan,
            request => SweepJob.Plan(context, request)));
        Add(new SweepSubcommand(
            "run",
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
    public string Example => "tint sweep plan specs/byte-gpt2.sweep.yaml\ntint sweep run specs/byte-gpt2.sweep.yaml --output results";
}
