using System.Numerics;
using TinT.Reference.Matrices;
using TinT.Runtime.Formulas;

namespace TinT.Literal.Primitives;

/// <summary>
/// A norm without gain and bias that acts on stretches of the first D coordinates, each by itself: these have the weight tanh(gate scale), the others 0,
/// and what has no weight stays as it is. The weights are constants of the construction, no parameters.
/// </summary>
/// <param name="construction">Sizes, kind of norm, ε and gate scale.</param>
/// <param name="size">Coordinates of a stretch.</param>
/// <param name="count">Stretches.</param>
internal sealed class RegionNorm(ConstructionSettings construction, int size, int count)
{
    private readonly bool isCentred = NormFormulas.Of(construction.Auxiliary.Norm).IsCentred;

    /// <summary>Coordinates of a stretch.</summary>
    public int Size => size;

    /// <summary>Stretches.</summary>
    public int Count => count;

    /// <summary>The norm of a signal: the first D coordinates together.</summary>
    /// <param name="construction">Sizes.</param>
    public static RegionNorm OfSignal(ConstructionSettings construction) => new(construction, construction.AuxiliarySize, 1);

    /// <summary>The embeddings with x̂ in their stretches.</summary>
    public Matrix<T> Normalize<T>(LiteralRun<T> run, Matrix<T> embeddings)
        where T : IFloatingPointIeee754<T>
    {
        Matrix<T> hidden = run.Scratch.Take(embeddings.Rows, embeddings.Columns);
        embeddings.AsSpan().CopyTo(hidden.AsSpan());
        T weight = Weight(run);
        T total = weight * T.CreateChecked(size);
        T epsilon = T.CreateChecked(construction.Auxiliary.NormEpsilon);
        for (int position = 0; position < hidden.Rows; position++)
        {
            for (int stretch = 0; stretch < count; stretch++)
            {
                Span<T> row = hidden.Row(position, stretch * size, size);
                T mean = isCentred ? Mean(row, weight, total) : T.Zero;
                T variance = T.Zero;
                foreach (T value in row)
                    variance += weight * (value - mean) * weight * (value - mean);
                T deviation = T.Sqrt(epsilon + (variance / total));
                for (int index = 0; index < row.Length; index++)
                    row[index] = (weight * (row[index] - mean) / deviation) + ((T.One - weight) * row[index]);
            }
        }

        return hidden;
    }

    /// <summary>Takes the first D coordinates from a map's output and leaves the others as they were in front of it.</summary>
    public Matrix<T> Mix<T>(LiteralRun<T> run, Matrix<T> before, Matrix<T> after)
        where T : IFloatingPointIeee754<T>
    {
        T weight = Weight(run);
        Matrix<T> mixed = run.Scratch.Take(before.Rows, before.Columns);
        before.AsSpan().CopyTo(mixed.AsSpan());
        for (int position = 0; position < before.Rows; position++)
        {
            Span<T> row = mixed.Row(position, 0, construction.AuxiliarySize);
            Span<T> mapped = after.Row(position, 0, construction.AuxiliarySize);
            for (int index = 0; index < row.Length; index++)
                row[index] = (weight * mapped[index]) + ((T.One - weight) * row[index]);
        }

        return mixed;
    }

    private static T Mean<T>(ReadOnlySpan<T> row, T weight, T total)
        where T : IFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        foreach (T value in row)
            sum += weight * value;
        return sum / total;
    }

    private T Weight<T>(LiteralRun<T> run)
        where T : IFloatingPointIeee754<T> => run.Gate(T.CreateChecked(construction.GateScale));
}
