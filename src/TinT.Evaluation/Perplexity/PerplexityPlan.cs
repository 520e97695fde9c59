using TinT.Runtime.Simulation;

namespace TinT.Evaluation.Perplexity;

/// <summary>What an evaluation will run, checked before the first run.</summary>
internal sealed class PerplexityPlan
{
    private readonly PerplexityOptions options;

    private PerplexityPlan(PerplexityOptions options)
    {
        this.options = options;
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
        CheckOptions(options);

        TrainingDescription training = methods[^1].Simulator.Description.Training;
        IReadOnlyList<double> learningRates = options.LearningRates.Count > 0 ? options.LearningRates : [training.LearningRate];
        List<PlannedRun> runs = [];
        foreach (EvaluationMethod method in methods)
        {
            int rates = method.UsesLearningRate ? learningRates.Count : 1;
            for (int i = 0; i < rates; i++)
                runs.Add(new PlannedRun(method, learningRates[i], GivesAuxiliary: method == methods[^1] && i == 0));
        }

        return new PerplexityPlan(options)
        {
            Splits = [.. options.TrainFractions.Select(fraction => TrainingSplit.Create(fraction, blockSize))],
            LearningRates = learningRates,
            Runs = runs,
            Steps = options.Steps ?? training.Steps,
            TrainedLayers = options.TrainedLayers ?? training.Layers,
        };
    }

    /// <summary>The options of one run.</summary>
    public RunOptions CreateRunOptions(PlannedRun run, CancellationToken cancellationToken) => new()
    {
        LearningRate = run.LearningRate,
        Steps = options.Steps,
        TrainedLayers = options.TrainedLayers,
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
                throw new EvaluationException($"Blocks of {blockSize} tokens are longer than the context of {method.Name}, {contextLength}; choose smaller blocks.");
        }
    }

    private static void CheckOptions(PerplexityOptions options)
    {
        if (options.BatchSize < 1)
            throw new EvaluationException($"A batch needs at least one block, not {options.BatchSize}.");
        if (options.TrainFractions.Count == 0)
            throw new EvaluationException("There is no training fraction; give at least one.");
        if (options.TrainFractions.Distinct().Count() < options.TrainFractions.Count)
            throw new EvaluationException("A training fraction is given twice; give each once.");
        if (options.LearningRates.Distinct().Count() < options.LearningRates.Count)
            throw new EvaluationException("A learning rate is given twice; give each once.");
        foreach (double learningRate in options.LearningRates)
        {
            if (!(double.IsFinite(learningRate) && learningRate >= 0))
                throw new EvaluationException(FormattableString.Invariant($"A learning rate must be a number from 0, not {learningRate}."));
        }
    }
}
