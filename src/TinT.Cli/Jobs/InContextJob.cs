using System.Globalization;
using System.Text;
using TinT.Cli.Compilation;
using TinT.Cli.Context;
using TinT.Cli.Outcomes;
using TinT.Cli.Simulators;
using TinT.Evaluation.InContext.Data;
using TinT.Evaluation.InContext.Logs;
using TinT.Evaluation.InContext.Protocol;
using TinT.Evaluation.Logs;
using TinT.Evaluation.Sharing;
using TinT.Evaluation.Sweeps;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Reports.InContext;
using TinT.Reports.Tables;
using TinT.Runtime.Checkpoints;

namespace TinT.Cli.Jobs;

/// <summary>Evaluates a model on classification tasks and shows the tables.</summary>
internal static class InContextJob
{
    /// <summary>Runs the job.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">The spec cannot be read, or an option does not fit it.</exception>
    /// <exception cref="SpecException">The spec has mistakes.</exception>
    /// <exception cref="CheckpointFormatException">The checkpoint cannot be read or does not fit the spec.</exception>
    /// <exception cref="TokenizerFormatException">The tokenizer cannot be read or does not fit the model.</exception>
    /// <exception cref="DataSetException">Data cannot be read, or are too few.</exception>
    /// <exception cref="EvaluationException">The options contradict each other, or prompts are too long.</exception>
    /// <exception cref="RunLogException">The log cannot be used.</exception>
    public static int Run(CommandContext context, InContextRequest request)
    {
        using ChosenDevice device = request.Simulator.OpenDevice(context);
        InContextSetup setup = InContextSetup.Of(context, request, device);
        InContextPlan plan = setup.Plan;
        if (request.ShowPrompts is { } shown)
        {
            ReportTable[] prompts = [.. PromptViews.Of(plan, shown)];
            context.WriteReport(request.HtmlPath, stream => PromptViews.Page(setup.Model.Description.Model, prompts).Write(stream));
            foreach (ReportTable prompt in prompts)
            {
                context.Console.Write(prompt);
                context.Console.WriteLine();
            }

            return ExitCode.Done;
        }

        if (request.DryRun)
        {
            Count(context, setup, device);
            return ExitCode.Done;
        }

        Dictionary<string, string> inputs = setup.Determinants();
        using RunLog<RunKey, InContextRun>? file = LogFiles.Open(context, request.LogPath, InContextLog.Format, inputs);
        IRunLog<RunKey, InContextRun> log = (IRunLog<RunKey, InContextRun>?)file ?? new MemoryLog<RunKey, InContextRun>(InContextLog.Format);
        using SampleLines? samples = request.SamplesPath is null ? null : new SampleLines(request.SamplesPath, plan, log, file?.Runs);
        log = samples ?? log;
        LogFiles.Merge(log, request.MergedPaths, InContextLog.Format, inputs);
        using LoadedInContextMethods methods = new(context, setup, device);
        if (request.IsDemo)
            InContextDemo.Introduce(context.Console);
        IWorkers workers = request.Shard is { } shard ? new ShardWorker(shard.Has) : SingleWorker.Instance;
        InContextResult? result = context.Console.WithQueryProgress(
            progress => InContextEvaluator.Share(plan, methods.All, log, workers, progress, context.CancellationToken));
        if (result is null)
        {
            context.Console.WriteLine(
                "Partial: this part is finished. Reports are made of all parts: give the same command their logs with --merge, without --shard.");
            return ExitCode.Done;
        }

        InContextReport report = setup.ReportOf(result);
        context.WriteReport(request.JsonPath, stream => InContextJson.Write(stream, report));
        context.WriteReport(request.CsvPath, stream => InContextCsv.Write(stream, report));
        ReportTable[] tables = [InContextTables.Main(report), .. plan.Calibrations.Select(calibration => InContextTables.Settings(report, calibration)), InContextTables.Choices(report)];
        context.WriteReport(request.MarkdownPath, stream => stream.Write(Encoding.UTF8.GetBytes(string.Join('\n', tables.Select(MarkdownTable.Format)))));
        context.WriteReport(request.LatexPath, stream => stream.Write(Encoding.UTF8.GetBytes(LatexTable.Format(tables[0]))));
        context.WriteReport(request.HtmlPath, stream => InContextPage.Create(report).Write(stream));
        context.Console.Write(tables[0]);
        context.Console.WriteLine();
        context.Console.Write(tables[^1]);
        if (request.IsDemo)
            InContextDemo.Explain(context.Console, report);
        return ExitCode.Done;
    }

    /// <summary>Counts passes and measures what one of them takes.</summary>
    private static void Count(CommandContext context, InContextSetup setup, ChosenDevice device)
    {
        bool exact = setup.Request.Exact is not null;
        IReadOnlyList<InContextCounts> counts = InContextCounts.Of(setup.Plan, exact);
        context.Console.Write(InContextCounts.Table(setup.Plan, counts));
        using LoadedInContextMethods methods = new(context, setup, device);
        double perToken = InContextCounts.SecondsPerToken(methods.All[0].Simulator, setup.Plan);
        double exactPerToken = exact ? InContextCounts.SecondsPerToken(methods.All[1].Simulator, setup.Plan) : 0;
        TimeSpan longest = InContextCounts.Longest(setup.Plan, counts, perToken, exactPerToken);
        string time = longest switch
        {
            { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{longest.TotalHours:0.0} hours"),
            { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{longest.TotalMinutes:0.0} minutes"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{longest.TotalSeconds:0.0} seconds"),
        };
        string slower = exact ? string.Create(CultureInfo.InvariantCulture, $", one of exact SGD {1000 * exactPerToken:0.000} ms") : "";
        context.Console.WriteLine();
        context.Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Time expected here: at most {time}. A pass takes {1000 * perToken:0.000} ms a token{slower}, measured on one prompt."));
    }
}
