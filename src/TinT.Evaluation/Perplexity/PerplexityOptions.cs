namespace TinT.Evaluation.Perplexity;

/// <summary>What a perplexity evaluation runs.</summary>
public sealed record PerplexityOptions
{
    /// <summary>Parts of each block to train on, each above 0 and below 1, in the order of the table.</summary>
    public IReadOnlyList<double> TrainFractions { get; init; } = [0.5];

    /// <summary>Inner learning rates to try; empty for that of the spec.</summary>
    public IReadOnlyList<double> LearningRates { get; init; } = [];

    /// <summary>Blocks given to a simulator at once. Changes speed and memory, never the protocol.</summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>Inner SGD steps; <see langword="null"/> for the spec's.</summary>
    public int? Steps { get; init; }

    /// <summary>Trained layers; <see langword="null"/> for the spec's.</summary>
    public int? TrainedLayers { get; init; }
}
