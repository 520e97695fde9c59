using System.Globalization;
using System.Text;
using TinT.Cli.Compilation;
using TinT.Cli.Context;
using TinT.Cli.Outcomes;
using TinT.Cli.Simulators;
using TinT.Evaluation.InContext.Data;
using TinT.Evaluation.InContext.Logs;
using TinT.Evaluation.InContext.Prompts;
using TinT.Evaluation.InContext.Protocol;
using TinT.Evaluation.InContext.Tasks;
using TinT.Evaluation.Logs;
using TinT.Evaluation.Sweeps;
using TinT.Evaluation.Tokenizers;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Reference.Exact;
using TinT.Reference.Weights;
using TinT.Reports.Files;
using TinT.Reports.InContext;
using TinT.Reports.Tables;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Simulation;

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
        SpecFile spec = request.Simulator.ReadSpec();
        using ChosenDevice device = request.Simulator.OpenDevice(context);
        SimulatorFactory model = device.Compile(spec, context.CancellationToken);
        string checkpoint = request.Simulator.Checkpoint!;
        ITokenizer tokenizer = TokenizerChoice.Load(request.Tokenizer, checkpoint, model.Description.Auxiliary, specialTokens: false);
        TaskData[] tasks = [.. ReadTasks(request)];
        foreach ((int layers, int steps) in request.Options.Depths)
            TrainingOverrides.Check(new Sweep { Layers = [layers], Steps = [steps] }, model.Description.Training);
        int? startId = tokenizer.StartIds switch
        {
            [] => null,
            [int id] => request.Options.Authors ? 0 : id,
            _ => throw new UsageException($"The tokenizer puts {tokenizer.StartIds.Count} tokens before each text, but prompts have one there; use a model whose tokenizer has one or none."),
        };
        InContextPlan plan = InContextPlan.Create(tasks, request.Options with { StartId = startId }, tokenizer, model.Description);
        if (request.ShowPrompts is { } shown)
        {
            foreach (PlannedTask task in plan.Tasks)
                PromptViews.Write(context.Console, plan, task, shown);
            return ExitCode.Done;
        }

        if (request.DryRun)
        {
            Count(context, request, model, plan);
            return ExitCode.Done;
        }

        HashedInput[] inputs = [.. Inputs(spec, checkpoint, tasks)];
        if (request.Second is { } directory)
            inputs = [.. inputs, .. RunInputs.Directory("second", directory)];
        using RunLog<RunKey, InContextRun>? log = request.LogPath is null ? null : RunLog.Open(request.LogPath, InContextLog.Format, Determinants(request, plan, inputs));
        if (log is { Count: > 0 })
            context.Console.WriteErrorLine(string.Create(CultureInfo.InvariantCulture, $"{request.LogPath}: {log.Count} runs are finished and not repeated."));
        using SampleLines? samples = request.SamplesPath is null ? null : new SampleLines(request.SamplesPath, plan, log);
        using ISimulator tint = context.Load(model, checkpoint, request.Simulator.Options);
        List<InContextMethod> methods = [new(MethodComparison.TintName(request.Simulator.Weights), tint)];
        if (request.Exact is { } subset)
        {
            ExactFineTuning<float> exact = new(context.Read<float>(checkpoint, model.Description.Auxiliary), model.Description, subset, request.Simulator.Threads);
            methods.Add(ExactMethods.Of(exact, subset, request.Options.Authors));
        }

        using ISimulator? second = request.Second is null ? null : LoadSecond(context, request, device, plan);
        if (second is not null)
            methods.Add(new InContextMethod(second.Description.Model == model.Description.Model ? "second" : second.Description.Model, second, Learns: false));
        if (request.IsDemo)
            InContextDemo.Introduce(context.Console);
        InContextResult result = context.Console.WithQueryProgress(
            progress => InContextEvaluator.Evaluate(plan, methods, (IRunLog<RunKey, InContextRun>?)samples ?? log, progress, cancellationToken: context.CancellationToken));

        InContextReport report = new(model.Description, result, inputs, RunInputs.Version);
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
    private static void Count(CommandContext context, InContextRequest request, SimulatorFactory model, InContextPlan plan)
    {
        IReadOnlyList<InContextCounts> counts = InContextCounts.Of(plan, request.Exact is not null);
        context.Console.Write(InContextCounts.Table(plan, counts));
        string checkpoint = request.Simulator.Checkpoint!;
        double perToken;
        using (ISimulator tint = context.Load(model, checkpoint, request.Simulator.Options))
            perToken = InContextCounts.SecondsPerToken(tint, plan);
        double exactPerToken = request.Exact is not { } subset
            ? 0
            : InContextCounts.SecondsPerToken(
                new ExactFineTuning<float>(context.Read<float>(checkpoint, model.Description.Auxiliary), model.Description, subset, request.Simulator.Threads), plan);
        TimeSpan longest = InContextCounts.Longest(plan, counts, perToken, exactPerToken);
        context.Console.WriteLine();
        context.Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Time expected on this machine: at most {(longest.TotalHours >= 1 ? $"{longest.TotalHours:0.0} hours" : longest.TotalMinutes >= 1 ? $"{longest.TotalMinutes:0.0} minutes" : $"{longest.TotalSeconds:0.0} seconds")}, from one run of a prompt. A pass takes {1000 * perToken:0.000} ms a token{(exactPerToken > 0 ? $", one of exact SGD {1000 * exactPerToken:0.000} ms" : "")}."));
    }

    /// <summary>Loads the model that only scores, if it reads the same ids.</summary>
    private static ISimulator LoadSecond(CommandContext context, InContextRequest request, ChosenDevice device, InContextPlan plan)
    {
        SimulatorFactory model = device.Compile(
            request.SecondSpec is null ? request.Simulator.ReadSpec() : SpecFile.Read(request.SecondSpec), context.CancellationToken);
        ITokenizer tokenizer = TokenizerChoice.Load(request.Tokenizer, request.Second!, model.Description.Auxiliary, specialTokens: false);
        string text = plan.Tasks[0].Data.Training.Rows[0].Text;
        if (!tokenizer.StartIds.SequenceEqual(plan.Tokenizer.StartIds) || !tokenizer.Encode(text).SequenceEqual(plan.Tokenizer.Encode(text)))
            throw new UsageException(
                $"{request.Second} has another tokenizer than {request.Simulator.Checkpoint}, so that its prompts are other ones; evaluate it by itself.");
        if (model.Description.Auxiliary.MaxPositionEmbeddings < plan.MaxTokens)
        {
            throw new UsageException(FormattableString.Invariant(
                $"The context of {request.Second} is {model.Description.Auxiliary.MaxPositionEmbeddings} tokens, but prompts may have {plan.MaxTokens}; add --max-length {model.Description.Auxiliary.MaxPositionEmbeddings}."));
        }

        return context.Load(model, request.Second!, request.Simulator.Options);
    }

    private static IEnumerable<TaskData> ReadTasks(InContextRequest request)
    {
        IReadOnlyList<ClassificationTask> known = request.Tasks.Count > 0 || request.TaskFiles.Count > 0
            ? [.. request.Tasks.Select(KnownTasks.Of)]
            : [.. KnownTasks.OfTable.Where(task => Directory.Exists(Path.Combine(request.Data, task.Name)))];
        if (known.Count == 0 && request.TaskFiles.Count == 0)
            throw new UsageException($"{request.Data} has no folder of a known task ({string.Join(", ", KnownTasks.All.Select(task => task.Name))}); name tasks with --task or --task-file.");
        foreach (ClassificationTask task in known)
        {
            if (request.Template >= task.Templates.Count)
                throw new UsageException(FormattableString.Invariant(
                    $"{task.Name} has the templates 0 to {task.Templates.Count - 1}, not {request.Template}; choose another --template."));
            yield return Read(request.Data, task.Name, task.Templates[request.Template]);
        }

        foreach (string file in request.TaskFiles)
        {
            ClassificationTask task = TaskFile.Read(file);
            yield return Read(request.Data, task.Name, task.Templates[0]);
        }
    }

    private static TaskData Read(string data, string name, TaskTemplate template) => new(
        name, template, DataSetFolder.ReadTraining(data, name, template.ClassCount), DataSetFolder.ReadTest(data, name, template.ClassCount));

    private static IEnumerable<HashedInput> Inputs(SpecFile spec, string checkpoint, IEnumerable<TaskData> tasks)
    {
        yield return RunInputs.Of(spec);
        foreach (HashedInput file in RunInputs.Directory("checkpoint", checkpoint))
            yield return file;
        foreach (TaskData task in tasks)
        {
            yield return new HashedInput($"{task.Name} train", Path.GetFileName(task.Training.Path), task.Training.Sha256);
            yield return new HashedInput($"{task.Name} test", Path.GetFileName(task.Test.Path), task.Test.Sha256);
        }
    }

    /// <summary>What determines the numbers of a run beside what the run itself says: files, templates, draws, the way prompts are built and where it runs.</summary>
    private static Dictionary<string, string> Determinants(InContextRequest request, InContextPlan plan, IEnumerable<HashedInput> inputs)
    {
        Dictionary<string, string> all = RunInputs.Determinants(inputs, request.Simulator);
        foreach (PlannedTask task in plan.Tasks)
            all.Add($"{task.Data.Name} template", $"{task.Data.Template.Text}|{task.Data.Template.Premise}|{string.Join(',', task.Data.Template.Labels)}|{task.Data.Template.Separator}");
        InContextOptions options = plan.Options;
        all.Add("--eval-samples", Text(options.EvaluationSamples));
        all.Add("--eval-seed", Text(options.EvaluationSeed));
        all.Add("--test-seed", Text(options.TestSeed));
        all.Add("--select", InContextWords.Of(options.Selection));
        all.Add("--too-long", options.LongPrompts.ToString());
        all.Add("--max-length", Text(plan.MaxTokens));
        all.Add("--compatibility", options.Authors ? "authors" : "default");
        all.Add("--limit", options.Limit is { } limit ? Text(limit) : "none");
        all.Add("first id", options.StartId is { } id ? Text(id) : "none");
        return all;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
