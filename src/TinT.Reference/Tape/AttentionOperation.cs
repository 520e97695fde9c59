using System.Numerics;
using System.Numerics.Tensors;
using TinT.Reference.Forward;
using TinT.Reference.Matrices;

namespace TinT.Reference.Tape;

/// <summary>
/// c = A v, A = softmax over j ≤ i of q kᵀ / √(D/h), head after head. Passes down ∂v[j] = Σ_i A[i, j] g[i] and, with ∂A = g vᵀ and
/// ∂S[i, j] = A[i, j] (∂A[i, j] − Σ_k A[i, k] ∂A[i, k]) / √(D/h), ∂q = ∂S k and ∂k[j] = Σ_i ∂S[i, j] q[i].
/// </summary>
/// <remarks>
/// By TinT's rule what token i sends back reaches token j only where M[j, i] = 1, that is where i ≤ j or m_i = 1. A and its gradient live at j ≤ i,
/// so of the rows i with m_i = 0 only the diagonal is left.
/// </remarks>
internal static class AttentionOperation
{
    /// <summary>The context.</summary>
    public static Node<T> Attend<T>(this Tape<T> tape, Node<T> q, Node<T> k, Node<T> v, int headCount)
        where T : IFloatingPointIeee754<T>
    {
        int headSize = q.Value.Columns / headCount;
        Heads<T> heads = new(tape, q, k, v, headSize, tape.Take(headCount * tape.Tokens, tape.Tokens));
        Matrix<T> context = tape.Take(v.Value.Columns);
        for (int head = 0; head < headCount; head++)
            heads.Run(head, context);
        tape.Keep(heads.Attention);
        return tape.Record(context, gradient => heads.PassBack(headCount, gradient));
    }

    private sealed record Heads<T>(Tape<T> Tape, Node<T> Q, Node<T> K, Node<T> V, int Size, Matrix<T> Attention)
        where T : IFloatingPointIeee754<T>
    {
        private readonly Sequence<T> sequence = Tape.Sequence;
        private readonly T scale = T.One / T.Sqrt(T.CreateChecked(Size));

        public void Run(int head, Matrix<T> context)
        {
            int rows = Tape.Tokens;
            Matrix<T> attention = Square(Attention, head, rows);
            Tape.Products.ByTransposed(Part(Q.Value, head, rows), Part(K.Value, head, rows), [], attention);
            Tape.Workers.ForEachRow(rows, i =>
            {
                Span<T> scores = attention.Row(i);
                Span<T> visible = scores[..(i + 1)];
                TensorPrimitives.Multiply(visible, scale, visible);
                for (int j = 0; j <= i; j++)
                {
                    if (!sequence.MayAttend(i, j))
                        visible[j] = T.NegativeInfinity;
                }

                SoftMax.Apply(visible);
                scores[(i + 1)..].Clear();
            });
            Tape.Products.By(attention, Part(V.Value, head, rows), Part(context, head, rows));
        }

        public void PassBack(int headCount, Matrix<T> gradient)
        {
            if (Tape.Rules.Attention == AttentionRule.None)
            {
                Tape.Give(V, gradient);
                return;
            }

            Matrix<T> scratch = Tape.Take(Attention.Rows, Attention.Columns);
            Matrix<T> toValues = Tape.TakeGradient(gradient.Columns);
            for (int head = 0; head < headCount; head++)
                PassToValues(head, gradient, scratch, toValues);
            Tape.Give(V, toValues);
            if (Tape.Rules.Attention == AttentionRule.Exact)
            {
                Matrix<T> toQueries = Tape.TakeGradient(gradient.Columns);
                Matrix<T> toKeys = Tape.TakeGradient(gradient.Columns);
                for (int head = 0; head < headCount; head++)
                    PassToQueriesAndKeys(head, gradient, scratch, toQueries, toKeys);
                Tape.Give(Q, toQueries);
                Tape.Give(K, toKeys);
            }

            Tape.Release(scratch);
            Tape.Release(gradient);
        }

        private void PassToValues(int head, Matrix<T> gradient, Matrix<T> scratch, Matrix<T> toValues)
        {
            int rows = gradient.Rows;
            Matrix<T> attention = Square(Attention, head, rows);
            if (Tape.Rules.OnlyTraining)
            {
                Matrix<T> masked = Square(scratch, head, rows);
                Tape.Workers.ForEachRow(rows, i => attention.Row(i).CopyTo(masked.Row(i)));
                attention = KeepSent(masked);
            }

            Tape.Products.TransposedBy(attention, Part(gradient, head, rows), Part(toValues, head, rows));
        }

        private void PassToQueriesAndKeys(int head, Matrix<T> gradient, Matrix<T> scratch, Matrix<T> toQueries, Matrix<T> toKeys)
        {
            int rows = gradient.Rows;
            Matrix<T> attention = Square(Attention, head, rows);
            Matrix<T> scores = Square(scratch, head, rows);
            Tape.Products.ByTransposed(Part(gradient, head, rows), Part(V.Value, head, rows), [], scores);
            Tape.Workers.ForEachRow(rows, i =>
            {
                Span<T> row = scores.Row(i);
                T mean = TensorPrimitives.Dot<T>(attention.Row(i), row);
                TensorPrimitives.Subtract(row, mean, row);
                TensorPrimitives.Multiply(row, attention.Row(i), row);
                TensorPrimitives.Multiply(row, scale, row);
            });
            Tape.Products.By(scores, Part(K.Value, head, rows), Part(toQueries, head, rows));
            Tape.Products.TransposedBy(Tape.Rules.OnlyTraining ? KeepSent(scores) : scores, Part(Q.Value, head, rows), Part(toKeys, head, rows));
        }

        /// <summary>Multiplies row i by M[j, i].</summary>
        private Matrix<T> KeepSent(Matrix<T> matrix)
        {
            for (int i = 0; i < matrix.Rows; i++)
            {
                if (sequence.IsTraining[i])
                    continue;
                Span<T> row = matrix.Row(i);
                T diagonal = row[i];
                row.Clear();
                row[i] = diagonal;
            }

            return matrix;
        }

        /// <summary>A head's first rows of a matrix laid out as A.</summary>
        private static Matrix<T> Square(Matrix<T> heads, int head, int rows) => heads.Part(head * heads.Columns, rows, 0, rows);

        /// <summary>A head's columns of the first rows of a [T, D] matrix.</summary>
        private Matrix<T> Part(Matrix<T> matrix, int head, int rows) => matrix.Part(0, rows, head * Size, Size);
    }
}
