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
    /// <summary>The normalized rows, or parts of rows such as heads.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="x">[T, columns].</param>
    /// <param name="norm">f.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="partSize">Columns that are normalized together; they divide the columns.</param>
    public static Node<T> Normalize<T>(this Tape<T> tape, Node<T> x, NormFormula norm, double epsilon, int partSize)
        where T : IFloatingPointIeee754<T>
    {
        Matrix<T> normalized = tape.Take(x.Value.Columns);
        int parts = normalized.Columns / partSize;
        T[] inverseDeviations = new T[normalized.Rows * parts];
        ForEachPart(normalized.Rows, (row, first, index) =>
            inverseDeviations[index] = norm.Normalize<T>(x.Value.Row(row).Slice(first, partSize), epsilon, normalized.Row(row).Slice(first, partSize)));
        return tape.Record(normalized, gradient =>
        {
            ForEachPart(gradient.Rows, (row, first, index) =>
            {
                Span<T> part = gradient.Row(row).Slice(first, partSize);
                ReadOnlySpan<T> value = normalized.Row(row).Slice(first, partSize);
                if (tape.Rules.NormScale == T.Zero)
                    Derivative(norm, value, inverseDeviations[index], part);
                else
                    TaylorDifference(norm, x.Value.Row(row).Slice(first, partSize), value, epsilon, tape.Rules.NormScale, part);
            });
            tape.Give(x, gradient);
        });

        void ForEachPart(int rows, Action<int, int, int> work) => tape.Workers.ForEachRow(rows, row =>
        {
            for (int part = 0; part < parts; part++)
                work(row, part * partSize, (row * parts) + part);
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
