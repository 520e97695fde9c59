using System.Numerics;
using System.Numerics.Tensors;
using TinT.Reference.Matrices;
using TinT.Runtime.Formulas;

namespace TinT.Reference.Tape;

/// <summary>
/// x̂ = f(x), f a norm before gain and bias. Passes down (g − mean g − x̂ mean(g ∘ x̂)) r, without mean g where deviations are not from the mean, or by
/// TinT's rule N (f(x + g/N) − x̂).
/// </summary>
internal static class NormOperation
{
    /// <summary>The normalised rows.</summary>
    public static Node<T> Normalize<T>(this Tape<T> tape, Node<T> x, NormFormula norm, double epsilon)
        where T : IFloatingPointIeee754<T>
    {
        Matrix<T> normalized = tape.Take(x.Value.Columns);
        T[] inverseDeviations = new T[normalized.Rows];
        tape.Workers.ForEachRow(normalized.Rows, row => inverseDeviations[row] = norm.Normalize<T>(x.Value.Row(row), epsilon, normalized.Row(row)));
        return tape.Record(normalized, gradient =>
        {
            tape.Workers.ForEachRow(gradient.Rows, row =>
            {
                if (tape.Rules.NormScale == T.Zero)
                    Derivative(norm, normalized.Row(row), inverseDeviations[row], gradient.Row(row));
                else
                    TaylorDifference(norm, x.Value.Row(row), normalized.Row(row), epsilon, tape.Rules.NormScale, gradient.Row(row));
            });
            tape.Give(x, gradient);
        });
    }

    private static void TaylorDifference<T>(NormFormula norm, ReadOnlySpan<T> x, ReadOnlySpan<T> normalized, double epsilon, T scale, Span<T> gradient)
        where T : IFloatingPointIeee754<T>
    {
        TensorPrimitives.Divide(gradient, scale, gradient);
        TensorPrimitives.Add(x, gradient, gradient);
        norm.Normalize<T>(gradient, epsilon, gradient);
        TensorPrimitives.Subtract(gradient, normalized, gradient);
        TensorPrimitives.Multiply(gradient, scale, gradient);
    }

    private static void Derivative<T>(NormFormula norm, ReadOnlySpan<T> normalized, T inverseDeviation, Span<T> gradient)
        where T : IFloatingPointIeee754<T>
    {
        T size = T.CreateChecked(gradient.Length);
        T mean = norm.IsCentred ? TensorPrimitives.Sum<T>(gradient) / size : T.Zero;
        T projection = TensorPrimitives.Dot(gradient, normalized) / size;
        TensorPrimitives.MultiplyAdd(normalized, -projection, gradient, gradient);
        TensorPrimitives.Subtract(gradient, mean, gradient);
        TensorPrimitives.Multiply(gradient, inverseDeviation, gradient);
    }
}
