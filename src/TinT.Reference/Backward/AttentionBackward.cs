using System.Numerics;
using System.Numerics.Tensors;
using TinT.Reference.Forward;
using TinT.Reference.Matrices;
using TinT.Runtime.Simulation;

namespace TinT.Reference.Backward;

/// <summary>Gradients of attention c = A v, A = softmax over j ≤ i of q kᵀ / sqrt(D/h), head after head.</summary>
/// <remarks>
/// TinT lets what token i sends back reach token j only where M[j, i] = 1, that is where i ≤ j or m_i = 1. A and its gradient live at
/// j ≤ i, so of the rows i with m_i = 0 only the diagonal is left. The true gradients have no such mask. Both agree where gradients
/// start in the training part only, as they do when it is contiguous and at the front.
/// </remarks>
internal sealed class AttentionBackward<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly Workers workers;
    private readonly MatrixProducts<T> products;
    private readonly int headCount;
    private readonly int headSize;
    private readonly T scale;

    public AttentionBackward(AuxiliaryDescription description, Workers workers, MatrixProducts<T> products)
    {
        this.workers = workers;
        this.products = products;
        headCount = description.HeadCount;
        headSize = description.HiddenSize / headCount;
        scale = T.One / T.Sqrt(T.CreateChecked(headSize));
    }

    /// <summary>∂v[j] = Σ_i A[i, j] M[j, i] ∂c[i].</summary>
    /// <param name="activations">A.</param>
    /// <param name="mask">m; <see langword="null"/> for the true gradient.</param>
    /// <param name="contextGradient">∂c, [rows, D].</param>
    /// <param name="scratch">Overwritten; laid out as A.</param>
    /// <param name="valueGradient">Receives ∂v, [rows, D].</param>
    public void PassToValues(BlockActivations<T> activations, bool[]? mask, Matrix<T> contextGradient, Matrix<T> scratch, Matrix<T> valueGradient)
    {
        int rows = contextGradient.Rows;
        for (int head = 0; head < headCount; head++)
        {
            Matrix<T> attention = Square(activations.Attention, head, rows);
            if (mask is not null)
            {
                Matrix<T> masked = Square(scratch, head, rows);
                workers.ForEachRow(rows, i =>
                {
                    attention.Row(i).CopyTo(masked.Row(i));
                    KeepDiagonal(masked.Row(i), i, mask);
                });
                attention = masked;
            }

            products.TransposedBy(attention, Head(contextGradient, head, rows), Head(valueGradient, head, rows));
        }
    }

    /// <summary>
    /// ∂A = ∂c vᵀ; ∂S[i, j] = A[i, j] (∂A[i, j] − Σ_k A[i, k] ∂A[i, k]) / sqrt(D/h); ∂q = ∂S k; ∂k[j] = Σ_i ∂S[i, j] M[j, i] q[i].
    /// </summary>
    /// <param name="activations">q, k, v, A.</param>
    /// <param name="mask">m; <see langword="null"/> for the true gradients.</param>
    /// <param name="contextGradient">∂c, [rows, D].</param>
    /// <param name="scratch">Overwritten; laid out as A.</param>
    /// <param name="queryGradient">Receives ∂q, [rows, D].</param>
    /// <param name="keyGradient">Receives ∂k, [rows, D].</param>
    public void PassToQueriesAndKeys(
        BlockActivations<T> activations, bool[]? mask, Matrix<T> contextGradient, Matrix<T> scratch, Matrix<T> queryGradient, Matrix<T> keyGradient)
    {
        int rows = contextGradient.Rows;
        for (int head = 0; head < headCount; head++)
        {
            Matrix<T> attention = Square(activations.Attention, head, rows);
            Matrix<T> scores = Square(scratch, head, rows);
            products.ByTransposed(Head(contextGradient, head, rows), Head(activations.Value, head, rows), [], scores);
            workers.ForEachRow(rows, i =>
            {
                Span<T> row = scores.Row(i);
                T mean = TensorPrimitives.Dot<T>(attention.Row(i), row);
                TensorPrimitives.Subtract(row, mean, row);
                TensorPrimitives.Multiply(row, attention.Row(i), row);
                TensorPrimitives.Multiply(row, scale, row);
            });
            products.By(scores, Head(activations.Key, head, rows), Head(queryGradient, head, rows));
            if (mask is not null)
                workers.ForEachRow(rows, i => KeepDiagonal(scores.Row(i), i, mask));
            products.TransposedBy(scores, Head(activations.Query, head, rows), Head(keyGradient, head, rows));
        }
    }

    /// <summary>Multiplies row i by M[j, i].</summary>
    private static void KeepDiagonal(Span<T> row, int i, bool[] mask)
    {
        if (mask[i])
            return;
        T diagonal = row[i];
        row.Clear();
        row[i] = diagonal;
    }

    /// <summary>A head's first rows of a matrix laid out as A.</summary>
    private static Matrix<T> Square(Matrix<T> heads, int head, int rows) => heads.Part(head * heads.Columns, rows, 0, rows);

    /// <summary>A head's columns of the first rows of a [T, D] matrix.</summary>
    private Matrix<T> Head(Matrix<T> matrix, int head, int rows) => matrix.Part(0, rows, head * headSize, headSize);
}
