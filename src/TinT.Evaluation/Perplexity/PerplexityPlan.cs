using TinT.Evaluation.Sweeps;
using TinT.Runtime.Simulation;

namespace TinT.Evaluation.Perplexity;

/// <summary>What an evaluation will run, checked before the first run.</summary>
internal sealed class PerplexityPlan
{
    private PerplexityPlan()
    {
    }

    /// <summary>The training fractions as splits.</summary>
    public required IReadOnlyList<TrainingSplit> Splits { get; init; }

    /// <summary>The learning rates; that of the last method's spec if none was asked for.</summary>
    public required IReadOnlyList<double> LearningRates { get; init; }

    /// <summary>The methods in the order given, each with its learning rates.</summary>
    public required IReadOnlyList<PlannedRun> Runs { get; init; }

    /// <summary>Inner SGD steps.</summary>
    public required int Steps { get; init; }

    /// <summary>Trained layers.</summary>
    public required int TrainedLayers { get; init; }

    /// <summary>Runs of every block, over all fractions.</summary>
    public long RunsPerBlock => (long)Splits.Count * Runs.Count;

    /// <summary>Checks and lays out an evaluation.</summary>
    /// <exception cref="EvaluationException">The options or the methods do not fit each other or the blocks.</exception>
    public static PerplexityPlan Create(int blockSize, IReadOnlyList<EvaluationMethod> methods, PerplexityOptions options)
    {
        ArgumentNullException.ThrowIfNull(methods);
        ArgumentNullException.ThrowIfNull(options);
        CheckMethods(methods, blockSize);
        if (options.BatchSize < 1)
            throw new EvaluationException($"A batch needs at least one block, not {options.BatchSize}.");
        if (options.Sweep.Layers.Count > 1 || options.Sweep.Steps.Count > 1)
            throw new EvaluationException("One evaluation has one number of layers and one of steps; evaluate several by themselves.");

        IReadOnlyList<SweepPoint> points = options.Sweep.Points(methods[^1].Simulator.Description.Training);
        SweepPoint[] rates = [.. points.Where(point => point.TrainFraction == points[0].TrainFraction)];
        return new PerplexityPlan
        {
            Splits = [.. options.Sweep.TrainFractions.Select(fraction => TrainingSplit.Create(fraction, blockSize))],
            LearningRates = [.. rates.Select(point => point.LearningRate)],
            Runs =
            [
                .. from method in methods
                   from point in method.UsesLearningRate ? rates : rates[..1]
                   select new PlannedRun(method, point, GivesAuxiliary: method == methods[^1] && point == points[0]),
            ],
            Steps = points[0].Steps,
            TrainedLayers = points[0].Layers,
        };
    }

    /// <summary>The options of one run.</summary>
    public static RunOptions CreateRunOptions(PlannedRun run, CancellationToken cancellationToken) => new()
    {
        LearningRate = run.Point.LearningRate,
        Steps = run.Point.Steps,
        TrainedLayers = run.Point.Layers,
        Logits = false,
        Losses = RecordedLosses.Scored,
        CancellationToken = cancellationToken,
    };

    private static void CheckMethods(IReadOnlyList<EvaluationMethod> methods, int blockSize)
    {
        if (methods.Count == 0)
            throw new EvaluationException("There is no method to evaluate; give at least one.");
        foreach (EvaluationMethod method in methods)
        {
            if (methods.Count(other => other.Name == method.Name) > 1)
                throw new EvaluationException($"Two methods have the name \"{method.Name}\"; each needs its own.");
            int contextLength = method.Simulator.Description.Auxiliary.MaxPositionEmbeddings;
            if (blockSize > contextLength)
                throw new EvaluationException(
                    $"Blocks of {blockSize} tokens are longer than the context of {method.Name}, {contextLength}; choose smaller blocks.");
        }
    }
}
