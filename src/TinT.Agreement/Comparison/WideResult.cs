using System.Numerics.Tensors;
using TinT.Reference;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;

namespace TinT.Agreement.Comparison;

/// <summary>Results in single precision as those of the yardsticks, in double.</summary>
internal static class WideResult
{
    /// <summary>Widens a result that has logits.</summary>
    public static ReferenceResult<double> Of(SimulationResult result) => new()
    {
        BatchSize = result.BatchSize,
        TokenCount = result.TokenCount,
        VocabularySize = result.VocabularySize,
        LogitsBefore = Widen(result.LogitsBefore!),
        LogitsAfter = Widen(result.LogitsAfter!),
        TokenLossesBefore = Widen(result.TokenLossesBefore),
        TokenLossesAfter = Widen(result.TokenLossesAfter),
        LossesBefore = Widen(result.LossesBefore),
        LossesAfter = Widen(result.LossesAfter),
        WeightUpdates =
        [
            .. result.WeightUpdates.Select(updates => (IReadOnlyList<ReferenceWeightUpdate<double>>)
                [.. updates.Select(update => new ReferenceWeightUpdate<double>(update.Name, update.Shape, Widen(update.Delta)))]),
        ],
    };

    private static double[] Widen(float[] values)
    {
        double[] wide = new double[values.Length];
        TensorPrimitives.ConvertTruncating<float, double>(values, wide);
        return wide;
    }
}
