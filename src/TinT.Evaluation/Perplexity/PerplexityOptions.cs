using TinT.Evaluation.Sweeps;

namespace TinT.Evaluation.Perplexity;

/// <summary>What a perplexity evaluation runs.</summary>
public sealed record PerplexityOptions
{
    /// <summary>Training fractions and learning rates in the order of the table, with one number of layers and one of steps.</summary>
    public Sweep Sweep { get; init; } = new();

    /// <summary>Blocks given to a simulator at once. Changes speed and memory, never the protocol.</summary>
    public int BatchSize { get; init; } = 1;
}
