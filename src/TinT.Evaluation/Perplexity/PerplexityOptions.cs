using TinT.Evaluation.Sweeps;

namespace TinT.Evaluation.Perplexity;

/// <summary>What a perplexity evaluation runs.</summary>
public sealed record PerplexityOptions
{
    /// <summary>Training fractions, layers, steps and learning rates in the order of the table.</summary>
    public Sweep Sweep { get; init; } = new();

    /// <summary>Blocks given to a simulator at once. Changes speed and memory, never the protocol.</summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>Whether runs keep the loss of each scored token.</summary>
    public bool KeepsTokenLosses { get; init; }

    /// <summary>The blocks that this process runs; <see langword="null"/> for all.</summary>
    public Func<int, bool>? Share { get; init; }
}
