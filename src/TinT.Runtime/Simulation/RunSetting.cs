namespace TinT.Runtime.Simulation;

/// <summary>One of several inner trainings of the same sequences: what differs from the batch and from the spec.</summary>
public sealed record RunSetting
{
    /// <summary>1 where a token belongs to the training part, else 0, [B, T]; <see langword="null"/> for that of the batch.</summary>
    public float[]? TrainingMask { get; init; }

    /// <summary>Factor of the loss gradient of each target, [B, T]; <see langword="null"/> for that of the batch, which may have none.</summary>
    public float[]? GradientMask { get; init; }

    /// <summary>Inner learning rate; <see langword="null"/> for that of the options.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Inner SGD steps; <see langword="null"/> for those of the options.</summary>
    public int? Steps { get; init; }

    /// <summary>Trained layers; <see langword="null"/> for those of the options.</summary>
    public int? TrainedLayers { get; init; }

    /// <summary>The batch that a run with this setting takes.</summary>
    /// <param name="batch">The sequences.</param>
    /// <exception cref="SimulationInputException">A mask's length does not fit.</exception>
    public SimulationBatch Of(SimulationBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return new SimulationBatch(batch.BatchSize, batch.TokenCount, batch.InputIds, TrainingMask ?? batch.TrainingMask)
        {
            GradientMask = GradientMask ?? batch.GradientMask,
            IclMask = batch.IclMask,
            PositionIds = batch.PositionIds,
        };
    }

    /// <summary>The options that a run with this setting takes.</summary>
    /// <param name="options">What to compute.</param>
    public RunOptions Of(RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options with
        {
            LearningRate = LearningRate ?? options.LearningRate,
            Steps = Steps ?? options.Steps,
            TrainedLayers = TrainedLayers ?? options.TrainedLayers,
        };
    }
}
