using System.Globalization;
using TinT.Cli.Context;
using TinT.Cli.Jobs;
using TinT.Cli.Simulators;
using TinT.Cli.Sweeps.Reading;
using TinT.Evaluation.InContext.Logs;
using TinT.Evaluation.InContext.Prompts;
using TinT.Evaluation.InContext.Protocol;
using TinT.Evaluation.Logs;
using TinT.Evaluation.Sharing;
using TinT.Evaluation.Sweeps;
using TinT.Model.Parameters;
using TinT.Reports.Sweeps;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Sweeps.Evaluations;

/// <summary>Classification of tasks, shared by processes run by run. The settings that are chosen run once all are known that they are chosen of.</summary>
internal sealed class InContextEvaluation : ISweepEvaluation
{
    /// <summary>Of a prompt that is learned about half is, if nothing else is known.</summary>
    private const double LearnedPart = 0.5;

    private readonly CommandContext context;
    private readonly InContextEntry entry;
    private readonly ChosenDevice device;
    private readonly InContextSetup setup;
    private readonly UnitCosts costs;
    private readonly Dictionary<string, IReadOnlyList<RunKey>> units;
    private RunLogFolder<RunKey, InContextRun>? log;
    private InContextResult? result;

    /// <summary>Lays it out.</summary>
    /// <param name="context">Where progress goes.</param>
    /// <param name="index">Its index.</param>
    /// <param name="entry">What is asked for.</param>
    /// <param name="device">Where the compiled simulator runs.</param>
    public InContextEvaluation(CommandContext context, int index, InContextEntry entry, ChosenDevice device)
    {
        (this.context, this.entry, this.device) = (context, entry, device);
        setup = InContextSetup.Of(context, entry.Request, device);
        costs = new UnitCosts(setup.Spec.Model, entry.Simulator.Weights);
        IReadOnlyList<string> learning = ExactMethods.LearningNames(entry.Request);
        IReadOnlyList<(string Name, IReadOnlyList<RunKey> Runs)> all = InContextEvaluator.Units(setup.Plan, learning, []);
        units = all.ToDictionary(unit => unit.Name, unit => unit.Runs);
        Units = [.. all.Select(unit => new PlannedUnit(index, unit.Name, unit.Runs[0].Method, Operations(unit.Runs)))];
        Inputs = WithGrid(learning);
    }

    /// <inheritdoc/>
    public SweepEntry Entry => entry;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Inputs { get; }

    /// <inheritdoc/>
    public IReadOnlyList<PlannedUnit> Units { get; }

    /// <inheritdoc/>
    public long Memory => costs.Memory(LongestPrompt, batch: 1, [Deepest], entry.Simulator.Threads)
        + UnitCosts.MemoryOfExact(setup.Spec, entry.Request.Exact, LongestPrompt, batch: 1, [Deepest], entry.Simulator.Threads);

    /// <inheritdoc/>
    public bool IsComplete => Result() is not null;

    private int LongestPrompt => setup.Plan.Tasks.Max(task => task.Demonstrations.Max(set => set.LongestPrompt));

    private SweepPoint Deepest => new(LearnedPart, setup.Plan.Depths.Max(depth => depth.Layers), setup.Plan.Depths.Max(depth => depth.Steps), 0);

    private RunLogFolder<RunKey, InContextRun> Log => log ?? throw new InvalidOperationException("The evaluation has no folder.");

    /// <inheritdoc/>
    public void Open(string directory, string process) => log = new RunLogFolder<RunKey, InContextRun>(
        directory, string.Create(CultureInfo.InvariantCulture, $"{Units[0].Evaluation + 1:000}"), process, InContextLog.Format, Inputs);

    /// <inheritdoc/>
    public void Refresh() => Log.Refresh();

    /// <inheritdoc/>
    public bool IsFinished(PlannedUnit unit) => units[unit.Name].All(key => Log.Find(key) is not null);

    /// <inheritdoc/>
    public void Run(IWorkers workers, CancellationToken cancellationToken)
    {
        using LoadedInContextMethods methods = new(context, setup, device);
        result = InContextEvaluator.Share(setup.Plan, methods.All, Log, workers, cancellationToken: cancellationToken);
    }

    /// <inheritdoc/>
    public void Measure(Action<MeasuredMethod> measure)
    {
        using LoadedInContextMethods methods = new(context, setup, device);
        PlannedTask task = setup.Plan.Tasks.MaxBy(task => task.Demonstrations.Max(set => set.LongestPrompt))!;
        DemonstrationSet set = task.Demonstrations.MaxBy(set => set.LongestPrompt)!;
        Prompt prompt = setup.Plan.BuilderOf(task.Data, PromptLayout.Joint, PromptLoss.Context).BuildAll(set.Texts, task.Data.Test.Rows[task.Evaluation[0]].Text).Prompts[0];
        int tokens = prompt.Ids.Length;
        TrainingSplit split = TrainingSplit.Create(LearnedPart, tokens);
        SimulationBatch batch = new(1, tokens, prompt.Ids, split.CreateTrainingMask(1));
        SweepPoint point = new TrainingOfSpec(setup.Model.Description.Training).Point(LearnedPart);
        foreach (InContextMethod method in methods.All)
            measure(new MeasuredMethod(method.Name, method.Simulator, batch, costs.Of(tokens, [point])));
    }

    /// <inheritdoc/>
    public SweptEvaluation Report() => new(entry.Label, Inputs, IsComplete)
    {
        InContext = Result() is { } found ? setup.ReportOf(found) : null,
    };

    /// <inheritdoc/>
    public void Dispose() => log?.Dispose();

    /// <summary>The result, if logs have all of it: then nothing is run to make it, and no weights are needed.</summary>
    private InContextResult? Result()
    {
        if (result is null && Units.All(IsFinished))
            result = InContextEvaluator.Collect(setup.Plan, ExactMethods.LearningNames(entry.Request), [], Log);
        return result;
    }

    /// <summary>Operations of runs that share passes: of a label that is learned once for all queries the training once, else for each query.</summary>
    private double Operations(IReadOnlyList<RunKey> runs)
    {
        RunKey first = runs[0];
        PlannedTask task = setup.Plan.Tasks.First(task => task.Data.Name == first.Task);
        DemonstrationSet set = task.Demonstrations.First(set => set.Shots == first.Shots && set.Seed == first.TrainSeed);
        int tokens = Math.Max(2, set.LongestPrompt);
        double queries = task.RowsOf(first.Draw).Count + 1;
        double pass = queries * costs.OfPass(tokens);
        if (first.Setting is null)
            return pass;
        double trainings = costs.Of(tokens, [.. runs.Select(run => new SweepPoint(LearnedPart, run.Setting!.Value.Layers, run.Setting.Value.Steps, run.Setting.Value.LearningRate))]);
        return first.Loss == PromptLoss.Label ? (runs.Count * pass) + trainings : queries * trainings;
    }

    private Dictionary<string, string> WithGrid(IReadOnlyList<string> learning)
    {
        Dictionary<string, string> all = setup.Determinants();
        InContextOptions options = setup.Plan.Options;
        all.Add("shots", Text(options.Shots));
        all.Add("layout", Text(options.Layouts));
        all.Add("loss", Text(options.Losses));
        all.Add("train_seed", Text(options.TrainSeeds));
        all.Add("calibration", Text(options.Calibrations));
        all.Add("layers and steps", Text(setup.Plan.Depths.Select(depth => FormattableString.Invariant($"{depth.Layers} {depth.Steps}"))));
        all.Add("learning_rate", Text(options.Losses.SelectMany(loss => options.RatesOf(loss)).Select(rate => rate.ToString("R", CultureInfo.InvariantCulture))));
        all.Add("methods", Text(learning));
        return all;
    }

    private static string Text<T>(IEnumerable<T> values) => string.Join(", ", values);
}
