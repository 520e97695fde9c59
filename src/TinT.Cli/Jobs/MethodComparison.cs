using TinT.Cli.Compilation;
using TinT.Cli.Context;
using TinT.Cli.Simulators;
using TinT.Evaluation.Corpora;
using TinT.Evaluation.Logs;
using TinT.Evaluation.Perplexity;
using TinT.Model;
using TinT.Reference.Weights;
using TinT.Reports.Perplexity;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Execution;

namespace TinT.Cli.Jobs;

/// <summary>Runs exact SGD and TinT on the same blocks.</summary>
internal static class MethodComparison
{
    /// <summary>Name of the column of compiled simulators.</summary>
    public const string Tint = "TinT";

    /// <summary>Loads both simulators and evaluates them, with progress.</summary>
    /// <param name="context">Where progress goes.</param>
    /// <param name="spec">The spec.</param>
    /// <param name="model">The compiled spec.</param>
    /// <param name="checkpoint">Model directory.</param>
    /// <param name="subset">What exact SGD trains; <see langword="null"/> if it does not run.</param>
    /// <param name="simulators">Threads of each simulator – they run one after the other – and how TinT's stores weights.</param>
    /// <param name="device">Where compiled simulators run.</param>
    /// <param name="corpus">The text.</param>
    /// <param name="options">Settings and sizes.</param>
    /// <param name="log">Where finished runs are kept and found again; <see langword="null"/> for memory.</param>
    /// <param name="stopped">Told what there is if the evaluation is cancelled and a block is whole.</param>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled; what is finished is in the log.</exception>
    public static PerplexityReport Run(
        CommandContext context,
        SpecFile spec,
        SimulatorFactory model,
        string checkpoint,
        ParameterSubset? subset,
        SimulatorOptions simulators,
        ChosenDevice device,
        BlockCorpus corpus,
        PerplexityOptions options,
        IRunLog<BlockKey, BlockRun>? log = null,
        Action<PerplexityReport>? stopped = null)
    {
        SimulatorDescription description = model.Description;
        using LoadedMethods methods = new(context, spec, model, checkpoint, subset, simulators, device);
        log ??= new MemoryLog<BlockKey, BlockRun>(PerplexityLog.Format);
        try
        {
            PerplexityResult result = context.Console.WithProgress(
                corpus.BlockSize,
                progress => new PerplexityEvaluator().Evaluate(corpus, methods.All, options, log, progress, context.CancellationToken));
            return new PerplexityReport(description, corpus, result);
        }
        catch (OperationCanceledException)
        {
            PerplexityPlan plan = PerplexityPlan.Create(corpus.BlockSize, methods.All, options);
            if (PerplexityResult.TryOf(plan, corpus.BlockCount, log, TimeSpan.Zero) is { } partial)
                stopped?.Invoke(new PerplexityReport(description, corpus, partial));
            throw;
        }
    }

    /// <summary>Blocks that keep all threads of a small model's simulator busy, without waiting long for the next progress of a large one's.</summary>
    /// <param name="threads">The threads.</param>
    public static int BatchSize(int threads) => Math.Min(threads, 16);

    /// <summary>Names of the columns, in their order.</summary>
    /// <param name="subset">What exact SGD trains; <see langword="null"/> if it does not run.</param>
    /// <param name="storage">How compiled simulators store weights.</param>
    public static IReadOnlyList<string> NamesOf(ParameterSubset? subset, WeightStorage storage) =>
        subset is { } trained ? [ExactName(trained), TintName(storage)] : [TintName(storage)];

    /// <summary>Name of the column of compiled simulators that store weights in some way.</summary>
    public static string TintName(WeightStorage storage) => storage == WeightStorage.SinglePrecision ? Tint : $"{Tint} ({storage.ShortName()})";

    /// <summary>Name of the column of exact SGD.</summary>
    public static string ExactName(ParameterSubset subset) => subset switch
    {
        ParameterSubset.TintSubset => "exact SGD (subset)",
        ParameterSubset.All => "exact SGD (all)",
        ParameterSubset.TopBlocks => "exact SGD",
        _ => throw new ArgumentOutOfRangeException(nameof(subset), subset, "There is no such subset."),
    };
}
