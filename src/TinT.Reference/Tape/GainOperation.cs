using System.Numerics;
using System.Numerics.Tensors;
using TinT.Reference.Matrices;

namespace TinT.Reference.Tape;

/// <summary>y = x ∘ gain + β. Passes down g ∘ gain; ∂gain = Σ_t g_t ∘ x_t, ∂β = Σ_t g_t.</summary>
internal static class GainOperation
{
    /// <summary>The scaled rows.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="x">[T, D].</param>
    /// <param name="gain">[D].</param>
    /// <param name="bias">β, [D]; <see langword="null"/> for none.</param>
    public static Node<T> Scale<T>(this Tape<T> tape, Node<T> x, Parameter<T> gain, Parameter<T>? bias)
        where T : IFloatingPointIeee754<T>
    {
        Matrix<T> y = tape.Take(gain.Value.Columns);
        tape.Workers.ForEachRow(y.Rows, row =>
        {
            TensorPrimitives.Multiply<T>(x.Value.Row(row), gain.Value.Row(0), y.Row(row));
            if (bias is not null)
                TensorPrimitives.Add<T>(y.Row(row), bias.Value.Row(0), y.Row(row));
        });
        return tape.Record(y, gradient =>
        {
            if (gain.IsTrained || bias is { IsTrained: true })
            {
                tape.Count(gradient, counted =>
                {
                    gain.AddRows(counted.Rows, _ => 0, (row, sum) => TensorPrimitives.MultiplyAdd<T>(counted.Row(row), x.Value.Row(row), sum, sum));
                    bias?.AddSum(counted);
                });
            }

            tape.Workers.ForEachRow(gradient.Rows, row => TensorPrimitives.Multiply<T>(gradient.Row(row), gain.Value.Row(0), gradient.Row(row)));
            tape.Give(x, gradient);
        });
    }
}
