using System.Numerics;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;

namespace TinT.Reference;

/// <summary>What a yardstick computed; as <see cref="SimulationResult"/> in the yardstick's own precision. Arrays are row-major.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ReferenceResult<T>
    where T : IFloatingPointIeee754<T>
{
    /// <summary>Sequences B.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Tokens T in each sequence.</summary>
    public required int TokenCount { get; init; }

    /// <summary>Tokens V in the vocabulary.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Logits of the auxiliary model as loaded, [B, T, V]; <see langword="null"/> if not asked for.</summary>
    public T[]? LogitsBefore { get; init; }

    /// <summary>Logits after the last inner step, [B, T, V]; <see langword="null"/> if not asked for.</summary>
    public T[]? LogitsAfter { get; init; }

    /// <summary>Loss of each token before, in nats, [B, T]; 0 for the first token, which nothing predicts.</summary>
    public required T[] TokenLossesBefore { get; init; }

    /// <summary>Loss of each token after the last inner step, [B, T].</summary>
    public required T[] TokenLossesAfter { get; init; }

    /// <summary>
    /// Loss of each sequence before, in nats per token, [B]: the mean over the tokens outside the training part, or over all
    /// if the training part is the whole sequence. The first token is never scored; a sequence without scored tokens has 0.
    /// </summary>
    public required T[] LossesBefore { get; init; }

    /// <summary>Loss of each sequence after the last inner step, as <see cref="LossesBefore"/>, [B].</summary>
    public required T[] LossesAfter { get; init; }

    /// <summary>Changed weights of each sequence, [B]; empty if not asked for.</summary>
    public IReadOnlyList<IReadOnlyList<ReferenceWeightUpdate<T>>> WeightUpdates { get; init; } = [];

    /// <summary>
    /// Gradients in the residual stream, [steps · (layers + 1), B, T, D]: per step entering the top block, then below each
    /// trained block, top down; <see langword="null"/> if not asked for.
    /// </summary>
    public T[]? BlockGradients { get; init; }

    /// <summary>The result in single precision.</summary>
    public SimulationResult ToSimulationResult() => new()
    {
        BatchSize = BatchSize,
        TokenCount = TokenCount,
        VocabularySize = VocabularySize,
        LogitsBefore = LogitsBefore is null ? null : ToSingles(LogitsBefore),
        LogitsAfter = LogitsAfter is null ? null : ToSingles(LogitsAfter),
        TokenLossesBefore = ToSingles(TokenLossesBefore),
        TokenLossesAfter = ToSingles(TokenLossesAfter),
        LossesBefore = ToSingles(LossesBefore),
        LossesAfter = ToSingles(LossesAfter),
        WeightUpdates = [.. WeightUpdates.Select(updates => (IReadOnlyList<WeightUpdate>)[.. updates.Select(update => update.ToWeightUpdate())])],
    };

    /// <summary>The first value that is not finite, for each sequence that has any.</summary>
    public IReadOnlyList<NonFiniteValue> FindNonFinite() => NonFiniteValue.In(
        BatchSize,
        VocabularySize,
        (LogitsBefore, TokenLossesBefore, LossesBefore),
        WeightUpdates.Count == 0 ? _ => [] : sequence => WeightUpdates[sequence].Select(update => (update.Name, update.Delta)),
        (LogitsAfter, TokenLossesAfter, LossesAfter));

    private static float[] ToSingles(T[] values) => values is float[] singles ? singles : [.. values.Select(float.CreateTruncating)];
}
