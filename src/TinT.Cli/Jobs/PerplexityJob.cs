using System.Globalization;
using System.Text;
using TinT.Cli.Compilation;
using TinT.Cli.Context;
using TinT.Cli.Outcomes;
using TinT.Cli.Simulators;
using TinT.Evaluation.Corpora;
using TinT.Evaluation.Logs;
using TinT.Evaluation.Perplexity;
using TinT.Evaluation.Sweeps;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Model;
using TinT.Reports.Files;
using TinT.Reports.Perplexity;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Jobs;

/// <summary>Evaluates a model on texts and shows the table.</summary>
internal static class PerplexityJob
{
    /// <summary>Runs the job.</summary>
    /// <returns>The exit code: 1 if a method has no finite perplexity, unless that is allowed.</returns>
    /// <exception cref="UsageException">The spec cannot be read, or an option does not fit it.</exception>
    /// <exception cref="SpecException">The spec has mistakes.</exception>
    /// <exception cref="CheckpointFormatException">The checkpoint cannot be read or does not fit the spec.</exception>
    /// <exception cref="TokenizerFormatException">The tokenizer cannot be read or does not fit the model.</exception>
    /// <exception cref="CorpusException">A text cannot be read or is too short.</exception>
    /// <exception cref="EvaluationException">The options contradict each other.</exception>
    /// <exception cref="DeviceException">The device is not there or refuses the work.</exception>
    /// <exception cref="RunLogException">A log cannot be used.</exception>
    /// <exception cref="ReportException">A report cannot be written.</exception>
    public static int Run(CommandContext context, PerplexityRequest request)
    {
        using ChosenDevice device = request.Simulator.OpenDevice(context);
        PerplexitySetup setup = PerplexitySetup.Of(context, request, device);
        Dictionary<string, string> inputs = setup.Determinants();
        using RunLog<BlockKey, BlockRun>? file = LogFiles.Open(context, request.LogPath, PerplexityLog.Format, inputs);
        IRunLog<BlockKey, BlockRun> log = (IRunLog<BlockKey, BlockRun>?)file ?? new MemoryLog<BlockKey, BlockRun>(PerplexityLog.Format);
        LogFiles.Merge(log, request.MergedPaths, PerplexityLog.Format, inputs);
        PerplexityReport report = MethodComparison.Run(
            context,
            setup.Spec,
            setup.Model,
            request.Simulator.Checkpoint!,
            request.Exact,
            request.Simulator.Options,
            device,
            setup.Corpus,
            setup.Options,
            log,
            stopped: partial => context.Console.Write(PerplexityTable.Create(partial)));

        context.WriteReport(request.JsonPath, stream => PerplexityJson.Write(stream, report));
        context.WriteReport(request.CsvPath, stream => PerplexityCsv.Write(stream, report));
        context.WriteReport(request.HtmlPath, stream => PerplexityPage.Create(report, setup.Inputs(), RunInputs.Version).Write(stream));
        if (request.PlotsDirectory is { } directory)
        {
            Directory.CreateDirectory(directory);
            foreach (NamedPlot plot in PerplexityPage.Plots(report))
                context.WriteReport(Path.Combine(directory, $"{plot.Name}.svg"), stream => stream.Write(Encoding.UTF8.GetBytes(plot.Drawing.ToString())));
        }

        context.Console.Write(PerplexityTable.Create(report));
        return Judge(context, request, report.Result);
    }

    /// <summary>A learning rate that is too high for a method is a result; a method without any perplexity is none.</summary>
    private static int Judge(CommandContext context, PerplexityRequest request, PerplexityResult result)
    {
        string[] failures = [.. result.Fractions.SelectMany(fraction => DivergedMethods(fraction).Select(method =>
            FormattableString.Invariant($"{method} has no finite perplexity with {fraction.Split.TrainFraction:0.##%} of each block to train on")))];
        foreach (string failure in failures)
            context.Console.WriteErrorLine($"{(request.AllowNonFinite ? "warning" : "error")}: {failure}.");
        if (failures.Length == 0 || request.AllowNonFinite)
            return ExitCode.Done;
        context.Console.WriteErrorLine("Use lower learning rates, or --allow-non-finite for exit code 0.");
        return ExitCode.Failed;
    }

    private static IEnumerable<string> DivergedMethods(FractionResult fraction) =>
    [
        .. fraction.Auxiliary.IsDiverged ? ["the auxiliary model itself"] : (string[])[],
        .. fraction.Methods.GroupBy(score => score.Method).Where(scores => scores.All(score => score.IsDiverged)).Select(scores => scores.Key),
    ];
}
