namespace TinT.Runtime.Simulation;

/// <summary>What one forward pass computed. Arrays are row-major.</summary>
public sealed class ScoreResult
{
    /// <summary>Sequences B.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Tokens T in each sequence.</summary>
    public required int TokenCount { get; init; }

    /// <summary>Tokens V in the vocabulary.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Logits, [B, rows, V]: of all rows or the last ones; <see langword="null"/> if not asked for.</summary>
    public float[]? Logits { get; init; }

    /// <summary>Loss of each token, in nats, [B, T], as in <see cref="SimulationResult.TokenLossesBefore"/>.</summary>
    public required float[] TokenLosses { get; init; }

    /// <summary>Loss of each sequence, in nats per scored token, [B], as in <see cref="SimulationResult.LossesBefore"/>.</summary>
    public required float[] Losses { get; init; }
}
