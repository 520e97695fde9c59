using System.Globalization;
using TinT.Cli.Compilation;
using TinT.Cli.Context;
using TinT.Cli.Outcomes;
using TinT.Cli.Simulators;
using TinT.Evaluation.InContext.Data;
using TinT.Evaluation.InContext.Protocol;
using TinT.Evaluation.InContext.Tasks;
using TinT.Evaluation.Sweeps;
using TinT.Evaluation.Tokenizers;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Reports.Files;
using TinT.Reports.InContext;

namespace TinT.Cli.Jobs;

/// <summary>An in-context evaluation that is checked and laid out; no weights are loaded.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Spec">The spec.</param>
/// <param name="Model">The compiled spec.</param>
/// <param name="Plan">Draws and demonstrations.</param>
/// <param name="Inputs">Files that determine results.</param>
internal sealed record InContextSetup(
    InContextRequest Request, SpecFile Spec, SimulatorFactory Model, InContextPlan Plan, IReadOnlyList<HashedInput> Inputs)
{
    /// <summary>Checks what is asked for and reads spec and data.</summary>
    /// <param name="context">Where progress goes.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="device">Where the compiled simulator runs.</param>
    /// <exception cref="UsageException">The spec cannot be read, or an option does not fit it.</exception>
    /// <exception cref="SpecException">The spec has mistakes.</exception>
    /// <exception cref="TokenizerFormatException">The tokenizer cannot be read or does not fit the model.</exception>
    /// <exception cref="DataSetException">Data cannot be read, or are too few.</exception>
    /// <exception cref="EvaluationException">The options contradict each other, or prompts are too long.</exception>
    public static InContextSetup Of(CommandContext context, InContextRequest request, ChosenDevice device)
    {
        SpecFile spec = request.Simulator.ReadSpec();
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
        return new InContextSetup(request, spec, model, plan, [.. InputsOf(request, spec, tasks)]);
    }

    /// <summary>The report of a result.</summary>
    /// <param name="result">The result.</param>
    public InContextReport ReportOf(InContextResult result) => new(Model.Description, result, Inputs, RunInputs.Version);

    /// <summary>What determines the numbers of a run beside what the run itself says: files, templates, draws, the way prompts are built and where it runs.</summary>
    public Dictionary<string, string> Determinants()
    {
        Dictionary<string, string> all = RunInputs.Determinants(Inputs, Request.Simulator);
        foreach (PlannedTask task in Plan.Tasks)
            all.Add($"{task.Data.Name} template", $"{task.Data.Template.Text}|{task.Data.Template.Premise}|{string.Join(',', task.Data.Template.Labels)}|{task.Data.Template.Separator}");
        InContextOptions options = Plan.Options;
        all.Add("--eval-samples", Text(options.EvaluationSamples));
        all.Add("--eval-seed", Text(options.EvaluationSeed));
        all.Add("--test-seed", Text(options.TestSeed));
        all.Add("--select", InContextWords.Of(options.Selection));
        all.Add("--too-long", options.LongPrompts.ToString());
        all.Add("--max-length", Text(Plan.MaxTokens));
        all.Add("--compatibility", options.Authors ? "authors" : "default");
        all.Add("--limit", options.Limit is { } limit ? Text(limit) : "none");
        all.Add("first id", options.StartId is { } id ? Text(id) : "none");
        return all;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<HashedInput> InputsOf(InContextRequest request, SpecFile spec, IEnumerable<TaskData> tasks)
    {
        yield return RunInputs.Of(spec);
        foreach (HashedInput file in RunInputs.Directory("checkpoint", request.Simulator.Checkpoint!))
            yield return file;
        foreach (TaskData task in tasks)
        {
            yield return new HashedInput($"{task.Name} train", Path.GetFileName(task.Training.Path), task.Training.Sha256);
            yield return new HashedInput($"{task.Name} test", Path.GetFileName(task.Test.Path), task.Test.Sha256);
        }

        if (request.Second is not { } second)
            yield break;
        foreach (HashedInput file in RunInputs.Directory("second", second))
            yield return file;
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
}
