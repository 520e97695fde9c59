using System.Numerics;
using System.Numerics.Tensors;
using TinT.Reference.Forward;
using TinT.Reference.Matrices;

namespace TinT.Reference.Tape;

/// <summary>h_t = E[id_t] + P[position_t].</summary>
internal static class EmbeddingOperation
{
    /// <summary>The embeddings of the tape's sequence.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="tokens">E, [V, D].</param>
    /// <param name="positions">P, [positions, D].</param>
    /// <param name="firstPosition">Row of P that belongs to position 0.</param>
    public static Node<T> Embed<T>(this Tape<T> tape, Parameter<T> tokens, Parameter<T> positions, int firstPosition)
        where T : IFloatingPointIeee754<T>
    {
        Sequence<T> sequence = tape.Sequence;
        Matrix<T> hidden = tape.Take(tokens.Value.Columns);
        for (int row = 0; row < hidden.Rows; row++)
            TensorPrimitives.Add<T>(tokens.Value.Row(sequence.TokenIds[row]), positions.Value.Row(Position(row)), hidden.Row(row));
        return tape.Record(hidden, gradient =>
        {
            tokens.AddRows(gradient.Rows, row => sequence.TokenIds[row], (row, sum) => TensorPrimitives.Add<T>(sum, gradient.Row(row), sum));
            positions.AddRows(gradient.Rows, Position, (row, sum) => TensorPrimitives.Add<T>(sum, gradient.Row(row), sum));
            tape.Release(gradient);
        });

        int Position(int row) => sequence.Positions[row] + firstPosition;
    }
}
