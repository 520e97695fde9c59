using System.Numerics;
using System.Numerics.Tensors;
using TinT.Reference.Matrices;

namespace TinT.Reference.Tape;

/// <summary>y_t = scale · E[row_t]. ∂E[row] = Σ over the tokens of the row of scale · g_t.</summary>
internal static class EmbeddingOperation
{
    /// <summary>Rows of a table.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="table">E, [rows, columns].</param>
    /// <param name="rows">The row of each token, [T].</param>
    /// <param name="scale">What rows are multiplied by.</param>
    public static Node<T> Embed<T>(this Tape<T> tape, Parameter<T> table, IReadOnlyList<int> rows, T scale)
        where T : IFloatingPointIeee754<T>
    {
        Matrix<T> y = tape.Take(table.Value.Columns);
        for (int token = 0; token < y.Rows; token++)
            TensorPrimitives.Multiply(table.Value.Row(rows[token]), scale, y.Row(token));
        return tape.Record(y, gradient =>
        {
            table.AddRows(gradient.Rows, token => rows[token], (token, sum) => TensorPrimitives.MultiplyAdd<T>(gradient.Row(token), scale, sum, sum));
            tape.Release(gradient);
        });
    }
}
