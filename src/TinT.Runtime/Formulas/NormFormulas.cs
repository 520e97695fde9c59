using System.ComponentModel;
using System.Numerics.Tensors;
using TinT.Model.Norms;

namespace TinT.Runtime.Formulas;

/// <summary>The formulas of <see cref="KnownNorms"/>, by name.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NormFormulas
{
    /// <summary>All; a new one is a file with its formula and a line here.</summary>
    public static IReadOnlyList<NormFormula> All { get; } = [new Row<LayerNorm>(), new Row<RmsNorm>()];

    /// <summary>A formula by the norm's name.</summary>
    /// <param name="name">The norm's word in specs.</param>
    /// <exception cref="ArgumentException">There is no such norm.</exception>
    public static NormFormula Of(string name)
    {
        Norm norm = KnownNorms.Of(name);
        return All.First(formula => formula.Norm == norm);
    }

    private sealed class Row<TNorm> : NormFormula
        where TNorm : struct, INorm
    {
        public override Norm Norm { get; } = KnownNorms.All.First(norm => norm.TypeName == typeof(TNorm).Name);

        public override bool IsCentred => TNorm.IsCentred;

        // The mean's sum, the deviation, its square and their sum, × r, with the deviation taken again.
        public override int Operations => Count(x =>
        {
            Counted mean = TNorm.IsCentred ? x + x : x;
            Counted deviation = TNorm.Deviation(x, mean);
            _ = deviation + (deviation * deviation);
            _ = TNorm.Deviation(x, mean) * x;
        });

        // The mean's division, and r: a division by the size, + ε, √ and 1 / √.
        public override int RowOperations => Count(sum =>
        {
            Counted mean = TNorm.IsCentred ? sum * 0.5 : sum;
            TNorm.InverseDeviation(mean, size: 2, epsilon: 1);
        });

        public override T Normalize<T>(ReadOnlySpan<T> x, double epsilon, Span<T> normalized)
        {
            Number<T> mean = new(TNorm.IsCentred ? TensorPrimitives.Sum(x) / T.CreateChecked(x.Length) : T.Zero);
            for (int index = 0; index < x.Length; index++)
                normalized[index] = TNorm.Deviation(new Number<T>(x[index]), mean).Value;
            T inverseDeviation = TNorm.InverseDeviation(new Number<T>(TensorPrimitives.SumOfSquares<T>(normalized)), x.Length, epsilon).Value;
            TensorPrimitives.Multiply(normalized, inverseDeviation, normalized);
            return inverseDeviation;
        }

        private static int Count(Action<Counted> formula)
        {
            OperationCounter counter = new();
            formula(new Counted(counter));
            return counter.Operations;
        }
    }
}
