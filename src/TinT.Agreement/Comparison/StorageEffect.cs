using TinT.Model;
using TinT.Reference;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Agreement.Comparison;

/// <summary>What storing the matrices in 16 bits changes: the compiled simulator so, against itself on the weights as they are. Not an error of either.</summary>
/// <param name="Storage">How weights are stored.</param>
/// <param name="Logits">Distance of the logits before the inner steps, relative to them.</param>
/// <param name="LargestLogit">Largest difference of a logit before, relative to their rms.</param>
/// <param name="LogitUpdate">Change of the logits by the inner steps.</param>
/// <param name="WeightUpdate">Change of the weights, all tensors together.</param>
/// <param name="LossesBefore">Mean loss of the scored tokens before, in single precision and stored so, in nats.</param>
/// <param name="LossesAfter">The same after the inner steps.</param>
public sealed record StorageEffect(
    WeightStorage Storage,
    double Logits,
    double LargestLogit,
    Closeness LogitUpdate,
    Closeness WeightUpdate,
    (double Single, double Narrow) LossesBefore,
    (double Single, double Narrow) LossesAfter)
{
    internal static StorageEffect Of(WeightStorage storage, ReferenceResult<double> narrow, ReferenceResult<double> single, AuxiliaryDescription auxiliary)
    {
        double[] before = single.LogitsBefore!;
        double[] zero = new double[before.Length];
        Closeness logits = Closeness.OfChanges(narrow.LogitsBefore!, before, zero);
        double largest = 0;
        for (int index = 0; index < before.Length; index++)
            largest = Math.Max(largest, Math.Abs(narrow.LogitsBefore![index] - before[index]));
        Closeness weights = default;
        foreach ((TensorChanges ours, TensorChanges theirs) in TensorChanges.Of(narrow, auxiliary).Zip(TensorChanges.Of(single, auxiliary)))
        {
            foreach ((Model.Parameters.ParameterKind Kind, int Layer) tensor in theirs.Tensors)
                weights += Closeness.Of(ours.Of(tensor), theirs.Of(tensor));
        }

        return new StorageEffect(
            storage,
            logits.Distance,
            largest / Math.Sqrt(logits.TheirSquares / before.Length),
            Closeness.Of(Change(narrow), Change(single)),
            weights,
            (single.LossesBefore.Average(), narrow.LossesBefore.Average()),
            (single.LossesAfter.Average(), narrow.LossesAfter.Average()));
    }

    /// <summary>Each against the logits that it starts from.</summary>
    private static double[] Change(ReferenceResult<double> result)
    {
        double[] change = new double[result.LogitsBefore!.Length];
        System.Numerics.Tensors.TensorPrimitives.Subtract<double>(result.LogitsAfter!, result.LogitsBefore!, change);
        return change;
    }
}
