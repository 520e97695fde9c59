using System.Globalization;
using TinT.Cli.Context;
using TinT.Cli.Jobs;
using TinT.Cli.Simulators;
using TinT.Cli.Sweeps.Reading;
using TinT.Evaluation.Logs;
using TinT.Evaluation.Perplexity;
using TinT.Evaluation.Sharing;
using TinT.Reference.Weights;
using TinT.Reports.Perplexity;
using TinT.Reports.Sweeps;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Sweeps.Evaluations;

/// <summary>Perplexity on a text, shared by processes block by block.</summary>
internal sealed class PerplexityEvaluation : ISweepEvaluation
{
    private readonly CommandContext context;
    private readonly PerplexityEntry entry;
    private readonly ChosenDevice device;
    private readonly PerplexitySetup setup;
    private readonly PerplexityPlan plan;
    private readonly UnitCosts costs;
    private readonly Dictionary<string, PerplexityUnit> units;
    private RunLogFolder<BlockKey, BlockRun>? log;

    /// <summary>Lays it out.</summary>
    /// <param name="context">Where progress goes.</param>
    /// <param name="index">Its index.</param>
    /// <param name="entry">What is asked for.</param>
    /// <param name="device">Where the compiled simulator runs.</param>
    public PerplexityEvaluation(CommandContext context, int index, PerplexityEntry entry, ChosenDevice device)
    {
        (this.context, this.entry, this.device) = (context, entry, device);
        setup = PerplexitySetup.Of(context, entry.Request, device);
        plan = setup.Plan();
        costs = new UnitCosts(setup.Spec.Model, entry.Simulator.Weights);
        string alone = MethodComparison.ExactName(ParameterSubset.All);
        PerplexityUnit[] all = [.. plan.Units(Enumerable.Range(0, setup.Corpus.BlockCount), setup.Options.BatchSize, sharesPasses: method => method != alone)];
        units = all.ToDictionary(unit => unit.Name);
        Dictionary<(string, int), double> operations = [];
        Units = [.. all.Select(unit => new PlannedUnit(index, unit.Name, unit.Method, unit.Blocks.Count * Operations(unit)))];
        Inputs = WithGrid();

        double Operations(PerplexityUnit unit)
        {
            (string, int) kind = (unit.Method, unit.Index);
            if (!operations.TryGetValue(kind, out double one))
                operations.Add(kind, one = costs.Of(setup.Corpus.BlockSize, unit.Points));
            return one;
        }
    }

    /// <inheritdoc/>
    public SweepEntry Entry => entry;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Inputs { get; }

    /// <inheritdoc/>
    public IReadOnlyList<PlannedUnit> Units { get; }

    /// <inheritdoc/>
    public long Memory => costs.Memory(setup.Corpus.BlockSize, setup.Options.BatchSize, plan.Points, entry.Simulator.Threads)
        + UnitCosts.MemoryOfExact(setup.Spec, entry.Request.Exact, setup.Corpus.BlockSize, setup.Options.BatchSize, plan.Points, entry.Simulator.Threads);

    /// <inheritdoc/>
    public bool IsComplete => Units.All(IsFinished);

    private RunLogFolder<BlockKey, BlockRun> Log => log ?? throw new InvalidOperationException("The evaluation has no folder.");

    /// <inheritdoc/>
    public void Open(string directory, string process) => log = new RunLogFolder<BlockKey, BlockRun>(
        directory, string.Create(CultureInfo.InvariantCulture, $"{Units[0].Evaluation + 1:000}"), process, PerplexityLog.Format, Inputs);

    /// <inheritdoc/>
    public void Refresh() => Log.Refresh();

    /// <inheritdoc/>
    public bool IsFinished(PlannedUnit unit) => !units[unit.Name].Missing(Log).Any();

    /// <inheritdoc/>
    public void Run(IWorkers workers, CancellationToken cancellationToken)
    {
        // Weights are loaded for the first unit that is left to this process.
        Lazy<LoadedMethods> methods = new(Load);
        try
        {
            workers.Run(
                new PerplexityEvaluator().Work(
                    setup.Corpus, plan, [.. units.Values], name => methods.Value.All.First(method => method.Name == name).Simulator, setup.Options, Log),
                cancellationToken);
        }
        finally
        {
            if (methods.IsValueCreated)
                methods.Value.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Measure(Action<MeasuredMethod> measure)
    {
        using LoadedMethods methods = Load();
        int size = setup.Corpus.BlockSize;
        int count = Math.Min(setup.Options.BatchSize, setup.Corpus.BlockCount);
        int[] ids = [.. Enumerable.Range(0, count).SelectMany(block => setup.Corpus.GetBlock(block).ToArray())];
        SimulationBatch batch = new(count, size, ids, plan.SplitOf(plan.Points[0]).CreateTrainingMask(count));
        TrainingOfSpec spec = new(setup.Model.Description.Training);
        foreach (EvaluationMethod method in methods.All)
            measure(new MeasuredMethod(method.Name, method.Simulator, batch, count * costs.Of(size, [spec.Point(plan.Points[0].TrainFraction)])));
    }

    /// <inheritdoc/>
    public SweptEvaluation Report() => new(entry.Label, Inputs, IsComplete)
    {
        Perplexity = PerplexityResult.TryOf(plan, setup.Corpus.BlockCount, Log, TimeSpan.Zero) is { } result
            ? new PerplexityReport(setup.Model.Description, setup.Corpus, result)
            : null,
    };

    /// <inheritdoc/>
    public void Dispose() => log?.Dispose();

    private LoadedMethods Load() => new(
        context, setup.Spec, setup.Model, entry.Simulator.Checkpoint!, entry.Request.Exact, entry.Simulator.Options, device);

    private Dictionary<string, string> WithGrid()
    {
        Dictionary<string, string> all = setup.Determinants();
        all.Add("train_fraction", Text(plan.Points.Select(point => point.TrainFraction)));
        all.Add("layers", Text(plan.Points.Select(point => (double)point.Layers)));
        all.Add("steps", Text(plan.Points.Select(point => (double)point.Steps)));
        all.Add("learning_rate", Text(plan.Points.Select(point => point.LearningRate)));
        all.Add("methods", string.Join(", ", plan.Methods));
        all.Add("blocks", setup.Corpus.BlockCount.ToString(CultureInfo.InvariantCulture));
        all.Add("batch", setup.Options.BatchSize.ToString(CultureInfo.InvariantCulture));
        all.Add("token_losses", setup.Options.KeepsTokenLosses ? "true" : "false");
        return all;
    }

    private static string Text(IEnumerable<double> values) => string.Join(", ", values.Distinct().Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
}
