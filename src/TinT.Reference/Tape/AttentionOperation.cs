using System.Numerics;
using System.Numerics.Tensors;
using TinT.Reference.Matrices;

namespace TinT.Reference.Tape;

/// <summary>
/// c = A v, A = softmax over the j ≤ i that are allowed of S = scale · q kᵀ + slope · (position_j − position_i), or with a cap c of
/// c tanh(scale · q kᵀ / c) + …, head after head; head i reads the keys and values of head ⌊i / group⌋. Passes down ∂v[j] = Σ_i A[i, j] g[i] and, with ∂A = g vᵀ and ∂S[i, j] = A[i, j] (∂A[i, j] − Σ_k A[i, k] ∂A[i, k]) · scale,
/// ∂q = ∂S k and ∂k[j] = Σ_i ∂S[i, j] q[i], ∂S times 1 − tanh² where there is a cap; ∂v and ∂k are summed over the group.
/// </summary>
/// <remarks>
/// By TinT's rule what token i sends back reaches token j only where M[j, i] = 1, that is where i ≤ j or m_i = 1. A and its gradient live at j ≤ i,
/// so of the rows i with m_i = 0 only the diagonal is left.
/// </remarks>
internal static class AttentionOperation
{
    /// <summary>The context.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="q">[T, h · d].</param>
    /// <param name="k">[T, h_k · d].</param>
    /// <param name="v">[T, h_k · d].</param>
    /// <param name="shape">The heads.</param>
    /// <returns>[T, h · d].</returns>
    public static Node<T> Attend<T>(this Tape<T> tape, Node<T> q, Node<T> k, Node<T> v, AttentionShape<T> shape)
        where T : IFloatingPointIeee754<T>
    {
        Run<T> run = new(tape, q, k, v, shape, tape.Take(shape.Heads * tape.Tokens, tape.Tokens));
        Matrix<T> context = tape.Take(q.Value.Columns);
        for (int head = 0; head < shape.Heads; head++)
            run.Forward(head, context);
        tape.Keep(run.Attention);
        if (run.Capped is { } capped)
            tape.Keep(capped);
        return tape.Record(context, run.PassBack);
    }

    private sealed record Run<T>(Tape<T> Tape, Node<T> Q, Node<T> K, Node<T> V, AttentionShape<T> Shape, Matrix<T> Attention)
        where T : IFloatingPointIeee754<T>
    {
        private readonly Sequence<T> sequence = Tape.Sequence;

        /// <summary>c tanh(scale · q kᵀ / c), laid out as A, where the gradient needs it.</summary>
        public Matrix<T>? Capped { get; } =
            Shape.Cap is not null && Tape.Rules.Attention == AttentionRule.Exact ? Tape.Take(Attention.Rows, Attention.Columns) : null;

        public void Forward(int head, Matrix<T> context)
        {
            int rows = Tape.Tokens;
            Matrix<T> attention = Square(Attention, head, rows);
            Tape.Products.ByTransposed(Part(Q.Value, head, rows), Shared(K.Value, head, rows), [], attention);
            Tape.Workers.ForEachRow(rows, i =>
            {
                Span<T> scores = attention.Row(i);
                Span<T> visible = scores[..(i + 1)];
                TensorPrimitives.Multiply(visible, Shape.Scale, visible);
                if (Shape.Cap is { } cap)
                    CapOperation.Apply(visible, T.CreateChecked(cap), visible);
                if (Capped is { } capped)
                    visible.CopyTo(Square(capped, head, rows).Row(i));
                for (int j = 0; j <= i; j++)
                {
                    if (Shape.Slopes.Length > 0)
                        visible[j] += Shape.Slopes[head] * T.CreateChecked(sequence.Positions[j] - sequence.Positions[i]);
                    if (!sequence.MayAttend(i, j) || (Shape.Window > 0 && i - j >= Shape.Window))
                        visible[j] = T.NegativeInfinity;
                }

                SoftMax.Apply(visible);
                scores[(i + 1)..].Clear();
            });
            Tape.Products.By(attention, Shared(V.Value, head, rows), Part(context, head, rows));
        }

        public void PassBack(Matrix<T> gradient)
        {
            Matrix<T> scratch = Tape.Take(Attention.Rows, Attention.Columns);
            Matrix<T> toValues = Tape.TakeGradient(V.Value.Columns);
            for (int head = 0; head < Shape.Heads; head++)
                PassToValues(head, gradient, scratch, toValues);
            Tape.Give(V, toValues);
            if (Tape.Rules.Attention == AttentionRule.Exact)
            {
                Matrix<T> toQueries = Tape.TakeGradient(Q.Value.Columns);
                Matrix<T> toKeys = Tape.TakeGradient(K.Value.Columns);
                for (int head = 0; head < Shape.Heads; head++)
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
            Matrix<T> values = Shared(toValues, head, rows);
            if (Tape.Rules.Attention == AttentionRule.None)
            {
                Tape.Workers.ForEachRow(rows, row =>
                {
                    ReadOnlySpan<T> sent = Part(gradient, head, rows).Row(row);
                    if (IsFirstOfGroup(head))
                        sent.CopyTo(values.Row(row));
                    else
                        TensorPrimitives.Add(sent, values.Row(row), values.Row(row));
                });
                return;
            }

            Matrix<T> attention = Square(Attention, head, rows);
            if (Tape.Rules.OnlyTraining)
            {
                Matrix<T> masked = Square(scratch, head, rows);
                Tape.Workers.ForEachRow(rows, i => attention.Row(i).CopyTo(masked.Row(i)));
                attention = KeepSent(masked);
            }

            Tape.Products.TransposedBy(attention, Part(gradient, head, rows), values, accumulate: !IsFirstOfGroup(head));
        }

        private void PassToQueriesAndKeys(int head, Matrix<T> gradient, Matrix<T> scratch, Matrix<T> toQueries, Matrix<T> toKeys)
        {
            int rows = gradient.Rows;
            Matrix<T> attention = Square(Attention, head, rows);
            Matrix<T> scores = Square(scratch, head, rows);
            Tape.Products.ByTransposed(Part(gradient, head, rows), Shared(V.Value, head, rows), [], scores);
            Tape.Workers.ForEachRow(rows, i =>
            {
                Span<T> row = scores.Row(i);
                T mean = TensorPrimitives.Dot<T>(attention.Row(i), row);
                TensorPrimitives.Subtract(row, mean, row);
                TensorPrimitives.Multiply(row, attention.Row(i), row);
                TensorPrimitives.Multiply(row, Shape.Scale, row);
                if (Capped is { } capped)
                    CapOperation.Differentiate(Square(capped, head, rows).Row(i)[..(i + 1)], T.CreateChecked(Shape.Cap!.Value), row[..(i + 1)]);
            });
            Tape.Products.By(scores, Shared(K.Value, head, rows), Part(toQueries, head, rows));
            Tape.Products.TransposedBy(
                Tape.Rules.OnlyTraining ? KeepSent(scores) : scores, Part(Q.Value, head, rows), Shared(toKeys, head, rows), accumulate: !IsFirstOfGroup(head));
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

        private bool IsFirstOfGroup(int head) => head % Shape.Group == 0;

        /// <summary>A head's first rows of a matrix laid out as A.</summary>
        private static Matrix<T> Square(Matrix<T> heads, int head, int rows) => heads.Part(head * heads.Columns, rows, 0, rows);

        /// <summary>A head's columns of the first rows of a matrix laid out as q.</summary>
        private Matrix<T> Part(Matrix<T> matrix, int head, int rows) => matrix.Part(0, rows, head * Shape.HeadSize, Shape.HeadSize);

        /// <summary>The columns that a head reads of the first rows of a matrix laid out as k and v.</summary>
        private Matrix<T> Shared(Matrix<T> matrix, int head, int rows) => Part(matrix, head / Shape.Group, rows);
    }
}
