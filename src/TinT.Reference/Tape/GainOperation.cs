using System.Numerics;
using System.Numerics.Tensors;
using TinT.Reference.Matrices;

namespace TinT.Reference.Tape;

/// <summary>
/// y = x ∘ gain + β, the gain repeated for each part of a row, such as a head, if it is shorter. Passes down g ∘ gain; ∂gain = Σ_t g_t ∘ x_t, summed over
/// parts, ∂β = Σ_t g_t.
/// </summary>
internal static class GainOperation
{
    /// <summary>The scaled rows.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="x">[T, columns].</param>
    /// <param name="gain">[columns], or [d] where d divides the columns.</param>
    /// <param name="bias">β, [columns]; <see langword="null"/> for none.</param>
    public static Node<T> Scale<T>(this Tape<T> tape, Node<T> x, Parameter<T> gain, Parameter<T>? bias)
        where T : IFloatingPointIeee754<T>
    {
        Matrix<T> y = tape.Take(x.Value.Columns);
        tape.Workers.ForEachRow(y.Rows, row =>
        {
            x.Value.Row(row).CopyTo(y.Row(row));
            Multiply(y.Row(row));
            if (bias is not null)
                TensorPrimitives.Add<T>(y.Row(row), bias.Value.Row(0), y.Row(row));
        });
        return tape.Record(y, gradient =>
        {
            if (gain.IsTrained || bias is { IsTrained: true })
            {
                tape.Count(gradient, counted =>
                {
                    gain.AddRows(counted.Rows, _ => 0, (row, sum) =>
                    {
                        for (int first = 0; first < counted.Columns; first += sum.Length)
                            TensorPrimitives.MultiplyAdd<T>(counted.Row(row).Slice(first, sum.Length), x.Value.Row(row).Slice(first, sum.Length), sum, sum);
                    });
                    bias?.AddSum(counted);
                });
            }

            tape.Workers.ForEachRow(gradient.Rows, row => Multiply(gradient.Row(row)));
            tape.Give(x, gradient);
        });

        void Multiply(Span<T> row)
        {
            ReadOnlySpan<T> factors = gain.Value.Row(0);
            for (int first = 0; first < row.Length; first += factors.Length)
                TensorPrimitives.Multiply(row.Slice(first, factors.Length), factors, row.Slice(first, factors.Length));
        }
    }
}
