using System.Numerics;
using System.Numerics.Tensors;
using TinT.Reference.Matrices;

namespace TinT.Reference.Tape;

/// <summary>
/// x̂ = LN₀(x) = (x − mean x) / √(ε + mean (x − mean x)²). Passes down (g − mean g − x̂ mean(g ∘ x̂)) / √(ε + variance), or by TinT's rule
/// N (LN₀(x + g/N) − x̂).
/// </summary>
internal static class NormOperation
{
    /// <summary>The normalised rows.</summary>
    public static Node<T> Normalize<T>(this Tape<T> tape, Node<T> x, T epsilon)
        where T : IFloatingPointIeee754<T>
    {
        Matrix<T> normalized = tape.Take(x.Value.Columns);
        T[] inverseDeviations = new T[normalized.Rows];
        tape.Workers.ForEachRow(normalized.Rows, row => inverseDeviations[row] = Normalize(x.Value.Row(row), epsilon, normalized.Row(row)));
        return tape.Record(normalized, gradient =>
        {
            tape.Workers.ForEachRow(gradient.Rows, row =>
            {
                if (tape.Rules.NormScale == T.Zero)
                    Derivative(normalized.Row(row), inverseDeviations[row], gradient.Row(row));
                else
                    TaylorDifference(x.Value.Row(row), normalized.Row(row), epsilon, tape.Rules.NormScale, gradient.Row(row));
            });
            tape.Give(x, gradient);
        });
    }

    private static T Normalize<T>(ReadOnlySpan<T> x, T epsilon, Span<T> normalized)
        where T : IFloatingPointIeee754<T>
    {
        T size = T.CreateChecked(x.Length);
        TensorPrimitives.Subtract(x, TensorPrimitives.Sum(x) / size, normalized);
        T inverseDeviation = T.One / T.Sqrt(epsilon + TensorPrimitives.SumOfSquares<T>(normalized) / size);
        TensorPrimitives.Multiply(normalized, inverseDeviation, normalized);
        return inverseDeviation;
    }

    private static void TaylorDifference<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> normalized, T epsilon, T scale, Span<T> gradient)
        where T : IFloatingPointIeee754<T>
    {
        TensorPrimitives.Divide(gradient, scale, gradient);
        TensorPrimitives.Add(x, gradient, gradient);
        Normalize(gradient, epsilon, gradient);
        TensorPrimitives.Subtract(gradient, normalized, gradient);
        TensorPrimitives.Multiply(gradient, scale, gradient);
    }

    private static void Derivative<T>(ReadOnlySpan<T> normalized, T inverseDeviation, Span<T> gradient)
        where T : IFloatingPointIeee754<T>
    {
        T size = T.CreateChecked(gradient.Length);
        T mean = TensorPrimitives.Sum<T>(gradient) / size;
        T projection = TensorPrimitives.Dot(gradient, normalized) / size;
        TensorPrimitives.MultiplyAdd(normalized, -projection, gradient, gradient);
        TensorPrimitives.Subtract(gradient, mean, gradient);
        TensorPrimitives.Multiply(gradient, inverseDeviation, gradient);
    }
}
