using System.CommandLine;
using TinT.Cli.Context;
using TinT.Cli.Jobs;

namespace TinT.Cli.Commands;

/// <summary><c>tint bench</c>: how fast the compiled simulator runs, kernel by kernel, against what the machine allows.</summary>
internal sealed class BenchCommand : Command, IHasExample
{
    private readonly CommandContext context;
    private readonly SimulatorArguments simulator = new("Hugging Face model directory. Default: random weights.", severalThreads: true);
    private readonly Option<int[]> tokens = CommonArguments.Counts(
        "--tokens", "Tokens in each sequence; several, separated by commas, are measured one after another. Default: 256, or the context length if that is shorter.");
    private readonly Option<int?> trainingTokens = CommonArguments.Count("--training-tokens", "The first tokens that train. Default: half of them.");
    private readonly Option<int?> batch = CommonArguments.Count("--batch", "Sequences. Default: 1.");
    private readonly Option<int?> runs = CommonArguments.Count("--runs", "Runs, after one that is not counted; the median is shown. Default: 5.");
    private readonly Option<string?> json = CommonArguments.OutputFile("--json", "Also writes the numbers as JSON.");

    /// <summary>Creates the command.</summary>
    public BenchCommand(CommandContext context)
        : base("bench", "Measures the processor's limits and the time of every kernel in one run, and shows how close each comes to them.")
    {
        this.context = context;
        simulator.AddModelTo(this);
        Add(tokens);
        Add(trainingTokens);
        Add(batch);
        simulator.AddRunTo(this);
        Add(runs);
        Add(json);
        SetAction(Bench);
    }

    /// <inheritdoc/>
    public string Example => "tint bench specs/gpt2.tint.yaml --tokens 256 --threads 2";

    private int Bench(ParseResult arguments) => BenchJob.Run(context, new BenchRequest
    {
        Simulator = simulator.Read(arguments),
        Tokens = arguments.GetValue(tokens) ?? [],
        TrainingTokens = arguments.GetValue(trainingTokens),
        BatchSize = arguments.GetValue(batch) ?? 1,
        Runs = arguments.GetValue(runs) ?? 5,
        JsonPath = arguments.GetValue(json),
    });
}
