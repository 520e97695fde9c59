using TinT.Reference;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Jobs;

/// <summary>The output of <c>tint run</c> as tensors.</summary>
internal static class ResultTensors
{
    /// <summary>Tensors of a compiled simulator's result, F32.</summary>
    public static IReadOnlyList<TensorData> Of(SimulationResult result)
    {
        int[] logits = [result.BatchSize, result.TokenCount, result.VocabularySize];
        return
        [
            TensorData.FromSingles("logits_before", result.LogitsBefore!, logits),
            TensorData.FromSingles("logits_after", result.LogitsAfter!, logits),
            TensorData.FromSingles("loss_before", result.LossesBefore, result.BatchSize),
            TensorData.FromSingles("loss_after", result.LossesAfter, result.BatchSize),
            .. result.WeightUpdates.SelectMany((updates, sequence) => updates.Select(update =>
                TensorData.FromSingles(DeltaName(update.Name, sequence, result.BatchSize), update.Delta, [.. update.Shape]))),
        ];
    }

    /// <summary>Tensors of the plain equations' result, F64.</summary>
    public static IReadOnlyList<TensorData> Of(ReferenceResult<double> result)
    {
        int[] logits = [result.BatchSize, result.TokenCount, result.VocabularySize];
        return
        [
            TensorData.FromDoubles("logits_before", result.LogitsBefore!, logits),
            TensorData.FromDoubles("logits_after", result.LogitsAfter!, logits),
            TensorData.FromDoubles("loss_before", result.LossesBefore, result.BatchSize),
            TensorData.FromDoubles("loss_after", result.LossesAfter, result.BatchSize),
            .. result.WeightUpdates.SelectMany((updates, sequence) => updates.Select(update =>
                TensorData.FromDoubles(DeltaName(update.Name, sequence, result.BatchSize), update.Delta, [.. update.Shape]))),
        ];
    }

    private static string DeltaName(string tensor, int sequence, int batchSize) =>
        batchSize == 1 ? $"delta.{tensor}" : FormattableString.Invariant($"b{sequence}.delta.{tensor}");
}
