namespace TinT.Runtime.Simulation;

/// <summary>What one run computes.</summary>
public sealed record RunOptions
{
    /// <summary>Inner learning rate; <see langword="null"/> for the spec's.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Inner SGD steps, 1 up to the spec's; <see langword="null"/> for the spec's.</summary>
    public int? Steps { get; init; }

    /// <summary>Trained layers, 1 up to the spec's; <see langword="null"/> for the spec's.</summary>
    public int? TrainedLayers { get; init; }

    /// <summary>Whether the result holds the logits before and after, each [B, rows, vocabulary].</summary>
    public bool Logits { get; init; } = true;

    /// <summary>Rows of logits of each sequence that the result holds, the last ones; <see langword="null"/> for all. Those of other rows are made only if something else needs them.</summary>
    public int? LogitRows { get; init; }

    /// <summary>Whose losses the result holds. The losses of whole sequences, which count scored tokens only, are always there.</summary>
    public RecordedLosses Losses { get; init; }

    /// <summary>Whether the result holds the change of every updated weight.</summary>
    public bool WeightUpdates { get; init; }

    /// <summary>Asked between the passes of a run.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Rows of logits that the result holds of each sequence.</summary>
    /// <param name="tokenCount">Tokens T of a sequence.</param>
    public int CountLogitRows(int tokenCount) => Logits ? Math.Min(LogitRows ?? tokenCount, tokenCount) : 0;
}
