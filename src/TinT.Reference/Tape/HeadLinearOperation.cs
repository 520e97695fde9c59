using System.Numerics;
using TinT.Reference.Matrices;

namespace TinT.Reference.Tape;

/// <summary>y = x Wᵀ for each head of a row, one W for all. Passes down g W; ∂W = Σ over tokens and heads of g xᵀ.</summary>
internal static class HeadLinearOperation
{
    /// <summary>The linear map of heads.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="x">[T, heads · d].</param>
    /// <param name="weight">W, [d, d].</param>
    public static Node<T> LinearOfHeads<T>(this Tape<T> tape, Node<T> x, Parameter<T> weight)
        where T : IFloatingPointIeee754<T>
    {
        int size = weight.Value.Columns;
        Matrix<T> y = tape.Take(x.Value.Columns);
        for (int first = 0; first < y.Columns; first += size)
            tape.Products.ByTransposed(Head(x.Value, first, y.Rows), weight.Value, [], Head(y, first, y.Rows));
        return tape.Record(y, gradient =>
        {
            if (weight.IsTrained)
            {
                tape.Count(gradient, counted =>
                {
                    for (int first = 0; first < counted.Columns; first += size)
                        weight.AddProduct(tape.Products, Head(counted, first, counted.Rows), Head(x.Value, first, counted.Rows));
                });
            }

            Matrix<T> down = tape.TakeGradient(gradient.Columns);
            for (int first = 0; first < gradient.Columns; first += size)
                tape.Products.By(Head(gradient, first, gradient.Rows), weight.Value, Head(down, first, gradient.Rows));
            tape.Release(gradient);
            tape.Give(x, down);
        });

        Matrix<T> Head(Matrix<T> matrix, int first, int rows) => matrix.Part(0, rows, first, size);
    }
}
