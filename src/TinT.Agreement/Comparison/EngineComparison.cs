using System.Numerics.Tensors;
using TinT.Model.Parameters;
using TinT.Reference;
using TinT.Reference.Weights;

namespace TinT.Agreement.Comparison;

/// <summary>How far one way to compute TinT is from another on the same weights and input.</summary>
/// <param name="Ours">One.</param>
/// <param name="Theirs">The other, taken to be right.</param>
/// <param name="LogitsBefore">Largest difference of the logits before, relative to their rms.</param>
/// <param name="LogitUpdate">|ours − theirs| / |theirs| of the change of the logits.</param>
/// <param name="WeightUpdate">The same for the weight tensor where it is closest to its tolerance, or beyond.</param>
public sealed record EngineComparison(string Ours, string Theirs, Measure LogitsBefore, Measure LogitUpdate, Measure WeightUpdate)
{
    /// <summary>Largest difference of a logit, as a multiple of what rounding does to their rms: the largest of many is some deviations out.</summary>
    private const double LargestDeviation = 10;

    /// <summary>Whether every tolerance holds.</summary>
    public bool Holds => LogitsBefore.Holds && LogitUpdate.Holds && WeightUpdate.Holds;

    /// <summary>Compares two results.</summary>
    /// <param name="ours">Name of one.</param>
    /// <param name="our">Its result, with logits and weight updates.</param>
    /// <param name="theirs">Name of the other.</param>
    /// <param name="their">Its result.</param>
    /// <param name="model">The weights before.</param>
    /// <param name="steps">Inner steps.</param>
    /// <param name="rounding">What rounding may do.</param>
    public static EngineComparison Of(
        string ours,
        ReferenceResult<double> our,
        string theirs,
        ReferenceResult<double> their,
        AuxiliaryModel<double> model,
        int steps,
        Rounding rounding)
    {
        double[] before = their.LogitsBefore!;
        double scale = TensorPrimitives.Norm<double>(before);
        double largest = 0;
        for (int index = 0; index < before.Length; index++)
            largest = MaxOrNaN(largest, Math.Abs(our.LogitsBefore![index] - before[index]));

        // Each change is measured against the logits it starts from, as far as they were computed.
        double[] ourChange = Subtract(our.LogitsAfter!, our.LogitsBefore!);
        double[] theirChange = Subtract(their.LogitsAfter!, before);
        Closeness change = Closeness.Of(ourChange, theirChange);
        return new EngineComparison(
            ours,
            theirs,
            new Measure(largest / (scale / Math.Sqrt(before.Length)), LargestDeviation * rounding.Logits),
            Relative(change, rounding.LogitUpdate, rounding.Logits * scale),
            WorstTensor(our, their, model, steps, rounding));
    }

    private static Measure WorstTensor(
        ReferenceResult<double> our, ReferenceResult<double> their, AuxiliaryModel<double> model, int steps, Rounding rounding)
    {
        Measure worst = new(0, rounding.WeightUpdate);
        foreach ((TensorChanges ours, TensorChanges theirs) in TensorChanges.Of(our, model.Description).Zip(TensorChanges.Of(their, model.Description)))
        {
            foreach ((ParameterKind Kind, int Layer) tensor in theirs.Tensors)
            {
                double[] expected = theirs.Of(tensor);
                double[] computed = ours.Of(tensor) is { Length: > 0 } values ? values : new double[expected.Length];
                Closeness change = Closeness.Of(computed, expected);
                double largestWeight = Math.Abs(TensorPrimitives.MaxMagnitude<double>(model.Values(tensor.Kind, tensor.Layer)));
                double units = steps * rounding.Weight * largestWeight * Math.Sqrt(expected.Length);
                Measure measure = Relative(change, rounding.WeightUpdate, units, ParameterNames.Of(tensor.Kind, tensor.Layer));
                if (measure.Share > worst.Share)
                    worst = measure;
            }
        }

        return worst;
    }

    /// <summary>The distance relative to a change; where there is none, as it is.</summary>
    private static Measure Relative(Closeness change, double relative, double absolute, string where = "")
    {
        double size = Math.Sqrt(change.TheirSquares);
        return size == 0
            ? new Measure(Math.Sqrt(change.DifferenceSquares), absolute, where)
            : new Measure(change.Distance, relative + (absolute / size), where);
    }

    private static double[] Subtract(double[] after, double[] before)
    {
        double[] change = new double[before.Length];
        TensorPrimitives.Subtract<double>(after, before, change);
        return change;
    }

    private static double MaxOrNaN(double left, double right) => double.IsNaN(right) ? right : Math.Max(left, right);
}
