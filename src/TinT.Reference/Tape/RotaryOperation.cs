using System.Numerics;
using TinT.Reference.Matrices;

namespace TinT.Reference.Tape;

/// <summary>y = R x, R the rotation of each token's position, head after head. Passes down Rᵀ g, the rotation back.</summary>
internal static class RotaryOperation
{
    /// <summary>The turned queries or keys.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="x">[T, heads · d].</param>
    /// <param name="angles">The angles.</param>
    /// <param name="headSize">d.</param>
    public static Node<T> Rotate<T>(this Tape<T> tape, Node<T> x, RotaryAngles<T> angles, int headSize)
        where T : IFloatingPointIeee754<T>
    {
        Matrix<T> y = tape.Take(x.Value.Columns);
        tape.Workers.ForEachRow(y.Rows, row =>
        {
            x.Value.Row(row).CopyTo(y.Row(row));
            Turn(y, row, back: false);
        });
        return tape.Record(y, gradient =>
        {
            tape.Workers.ForEachRow(gradient.Rows, row => Turn(gradient, row, back: true));
            tape.Give(x, gradient);
        });

        void Turn(Matrix<T> matrix, int row, bool back)
        {
            for (int first = 0; first < matrix.Columns; first += headSize)
                angles.Turn(row, matrix.Row(row).Slice(first, headSize), back);
        }
    }
}
