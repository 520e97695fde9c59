using TinT.Cli.Compilation;
using TinT.Cli.Context;
using TinT.Cli.Outcomes;
using TinT.Cli.Simulators;
using TinT.Evaluation.Corpora;
using TinT.Evaluation.Perplexity;
using TinT.Evaluation.Sweeps;
using TinT.Evaluation.Tokenizers;
using TinT.Models;
using TinT.Reference.Weights;
using TinT.Reports.Perplexity;
using TinT.Runtime.Execution;

namespace TinT.Cli.Jobs;

/// <summary>What the tool does without arguments: the shipped model on a text that it has not seen, with exact SGD beside. Nothing is written.</summary>
internal static class MainJob
{
    private static readonly double[] trainFractions = [0.3, 0.5, 0.7, 0.9];

    /// <summary>Runs the job.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(CommandContext context, MainJobSettings settings)
    {
        ShippedModel shipped = ShippedModels.ByteGpt2;
        string checkpoint = Path.Combine(AppContext.BaseDirectory, "Models", "byte-gpt2");
        string text = Path.Combine(AppContext.BaseDirectory, "Texts", MainJobSettings.Text);
        CorpusOptions cutting = new(shipped.Description.Auxiliary.MaxPositionEmbeddings) { MaxBlocks = settings.Blocks };
        BlockCorpus corpus = CorpusReader.Read([text], new ByteTokenizer(), cutting, context.CancellationToken);

        string part = corpus.StoppedEarly ? FormattableString.Invariant($"the first {corpus.BlockCount} blocks") : "all blocks";
        context.Console.WriteLine($"A byte-level GPT-2 (0.86 M parameters, trained on English prose and verse) reads {part} of The Devil's Dictionary, which it has not seen.");
        context.Console.WriteLine("TinT trains it on the first part of each block inside one forward pass; exact SGD does the same by backpropagation.");
        context.Console.WriteLine();
        SimulatorOptions simulators = new();
        using ChosenDevice processor = ChosenDevice.Open(context, name: null, cuBlas: false);
        PerplexityReport report = MethodComparison.Run(
            context,
            SpecFile.FromText(shipped.SpecName, shipped.ReadSpec()),
            new SimulatorFactory(shipped.Description, shipped.Load),
            checkpoint,
            ParameterSubset.TopBlocks,
            simulators,
            processor,
            corpus,
            new PerplexityOptions { Sweep = new Sweep { TrainFractions = trainFractions }, BatchSize = MethodComparison.BatchSize(simulators.Threads) });

        context.Console.Write(PerplexityTable.Create(report));
        context.Console.WriteLine();
        foreach (string line in MainJobSummary.Describe(report.Result))
            context.Console.WriteLine(line);
        context.Console.WriteLine();
        foreach (string line in MainJobSummary.NextSteps())
            context.Console.WriteLine(line);
        return ExitCode.Done;
    }
}
