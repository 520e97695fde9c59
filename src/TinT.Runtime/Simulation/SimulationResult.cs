namespace TinT.Runtime.Simulation;

/// <summary>What a run computed. Arrays are row-major.</summary>
public sealed class SimulationResult
{
    /// <summary>Sequences B.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Tokens T in each sequence.</summary>
    public required int TokenCount { get; init; }

    /// <summary>Tokens V in the vocabulary.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Logits of the auxiliary model as loaded, [B, rows, V]: of all rows or the last ones; <see langword="null"/> if not asked for.</summary>
    public float[]? LogitsBefore { get; init; }

    /// <summary>Logits after the last inner step, [B, rows, V]; <see langword="null"/> if not asked for.</summary>
    public float[]? LogitsAfter { get; init; }

    /// <summary>
    /// Loss of each token before, in nats, [B, T]: −log p(token t | tokens before t); 0 for t = 0, which nothing predicts; NaN where
    /// <see cref="RunOptions.Losses"/> did not ask for it.
    /// </summary>
    public required float[] TokenLossesBefore { get; init; }

    /// <summary>Loss of each token after the last inner step, as <see cref="TokenLossesBefore"/>.</summary>
    public required float[] TokenLossesAfter { get; init; }

    /// <summary>
    /// Loss of each sequence before, in nats per token, [B]: the mean over its scored tokens, which are those outside the
    /// training part, or all if the training part is the whole sequence. The first token is never scored.
    /// </summary>
    public required float[] LossesBefore { get; init; }

    /// <summary>Loss of each sequence after the last inner step, as <see cref="LossesBefore"/>.</summary>
    public required float[] LossesAfter { get; init; }

    /// <summary>Changed weights of each sequence, [B]; empty if not asked for.</summary>
    public IReadOnlyList<IReadOnlyList<WeightUpdate>> WeightUpdates { get; init; } = [];

    /// <summary>The first value that is not finite of each sequence that has any, in the order of the sequences. Token losses count where there are no logits.</summary>
    public IReadOnlyList<NonFiniteValue> FindNonFinite() => NonFiniteValue.In(
        BatchSize,
        VocabularySize,
        (LogitsBefore, TokenLossesBefore, LossesBefore),
        WeightUpdates.Count == 0 ? _ => [] : sequence => WeightUpdates[sequence].Select(update => (update.Name, update.Delta)),
        (LogitsAfter, TokenLossesAfter, LossesAfter));
}
