using TinT.Evaluation.Sweeps;
using TinT.Model;
using TinT.Runtime.Simulation;

namespace TinT.Evaluation.Perplexity;

/// <summary>What an evaluation will run, checked before the first run.</summary>
public sealed class PerplexityPlan
{
    private PerplexityPlan(IReadOnlyList<string> methods, IReadOnlyList<SweepPoint> points, int blockSize)
    {
        Methods = methods;
        Points = points;
        Splits = [.. points.Select(point => point.TrainFraction).Distinct().Select(fraction => TrainingSplit.Create(fraction, blockSize))];
        BlockSize = blockSize;
    }

    /// <summary>Names of the methods, in the order of the table; the last one's losses before are the auxiliary model's.</summary>
    public IReadOnlyList<string> Methods { get; }

    /// <summary>The settings, in order: fractions outermost, then layers, steps and learning rates.</summary>
    public IReadOnlyList<SweepPoint> Points { get; }

    /// <summary>The training fractions as splits.</summary>
    public IReadOnlyList<TrainingSplit> Splits { get; }

    /// <summary>Tokens in a block.</summary>
    public int BlockSize { get; }

    /// <summary>Checks and lays out an evaluation.</summary>
    /// <param name="blockSize">Tokens in a block.</param>
    /// <param name="methods">The methods.</param>
    /// <param name="options">What to run.</param>
    /// <exception cref="EvaluationException">The options or the methods do not fit each other or the blocks.</exception>
    public static PerplexityPlan Create(int blockSize, IReadOnlyList<EvaluationMethod> methods, PerplexityOptions options)
    {
        ArgumentNullException.ThrowIfNull(methods);
        CheckMethods(methods, blockSize);
        return Create(blockSize, [.. methods.Select(method => method.Name)], methods[^1].Simulator.Description.Training, options);
    }

    /// <summary>Lays out an evaluation whose simulators are not loaded.</summary>
    /// <param name="blockSize">Tokens in a block.</param>
    /// <param name="methods">Names of the methods, at least one, each once.</param>
    /// <param name="training">The spec's, for what is left to it.</param>
    /// <param name="options">What to run.</param>
    /// <exception cref="EvaluationException">The options do not fit the blocks.</exception>
    public static PerplexityPlan Create(int blockSize, IReadOnlyList<string> methods, TrainingDescription training, PerplexityOptions options)
    {
        ArgumentNullException.ThrowIfNull(methods);
        ArgumentNullException.ThrowIfNull(options);
        if (options.BatchSize < 1)
            throw new EvaluationException($"A batch needs at least one block, not {options.BatchSize}.");
        return new PerplexityPlan(methods, options.Sweep.Points(training), blockSize);
    }

    /// <summary>The work of an evaluation, in order.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="batchSize">Blocks that a simulator runs at once.</param>
    /// <param name="sharesPasses">Whether a method shares passes between settings.</param>
    public IEnumerable<PerplexityUnit> Units(IEnumerable<int> blocks, int batchSize, Func<string, bool> sharesPasses)
    {
        ArgumentNullException.ThrowIfNull(sharesPasses);
        return
            from batch in blocks.Chunk(batchSize)
            from method in Methods
            from part in (sharesPasses(method) ? [[.. Points]] : Points.Chunk(1)).Index()
            select new PerplexityUnit(method, batch, part.Item, part.Index);
    }

    /// <summary>How a setting splits blocks.</summary>
    /// <param name="point">The setting.</param>
    public TrainingSplit SplitOf(SweepPoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return Splits.First(split => split.TrainFraction == point.TrainFraction);
    }

    /// <summary>A setting as an inner training of blocks.</summary>
    internal RunSetting SettingOf(SweepPoint point, int blocks) => new()
    {
        TrainingMask = SplitOf(point).CreateTrainingMask(blocks),
        LearningRate = point.LearningRate,
        Steps = point.Steps,
        TrainedLayers = point.Layers,
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
