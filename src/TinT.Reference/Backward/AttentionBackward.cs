using System.Numerics;
using System.Numerics.Tensors;
using TinT.Reference.Forward;
using TinT.Reference.Matrices;
using TinT.Runtime.Simulation;

namespace TinT.Reference.Backward;

/// <summary>Gradients of attention c = A v, A = softmax over j ≤ i of q kᵀ / sqrt(D/h).</summary>
internal sealed class AttentionBackward<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly Workers workers;
    private readonly int headCount;
    private readonly int headSize;
    private readonly T scale;

    public AttentionBackward(AuxiliaryDescription description, Workers workers)
    {
        this.workers = workers;
        headCount = description.HeadCount;
        headSize = description.HiddenSize / headCount;
        scale = T.One / T.Sqrt(T.CreateChecked(headSize));
    }

    /// <summary>∂v[j] = Σ_{i ≥ j} A[i, j] M[j, i] ∂c[i] per head.</summary>
    /// <param name="activations">A.</param>
    /// <param name="reaches">M[j, i]: whether what token i sends back reaches token j ≤ i.</param>
    /// <param name="contextGradient">∂c, [rows, D].</param>
    /// <param name="valueGradient">Receives ∂v, [rows, D].</param>
    public void PassToValues(BlockActivations<T> activations, Func<int, int, bool> reaches, Matrix<T> contextGradient, Matrix<T> valueGradient) =>
        SumOverLaterTokens(activations, activations.Attention, reaches, T.One, contextGradient, valueGradient);

    /// <summary>
    /// ∂A[i, j] = ⟨∂c[i], v[j]⟩; ∂S[i, j] = A[i, j] (∂A[i, j] − Σ_k A[i, k] ∂A[i, k]);
    /// ∂q[i] = Σ_j ∂S[i, j] k[j] / sqrt(D/h); ∂k[j] = Σ_{i ≥ j} ∂S[i, j] M[j, i] q[i] / sqrt(D/h), per head.
    /// </summary>
    /// <param name="activations">q, k, v, A.</param>
    /// <param name="reaches">M[j, i]: whether what token i sends back reaches token j ≤ i.</param>
    /// <param name="contextGradient">∂c, [rows, D].</param>
    /// <param name="scoreGradient">Receives ∂S, laid out as A.</param>
    /// <param name="queryGradient">Receives ∂q, [rows, D].</param>
    /// <param name="keyGradient">Receives ∂k, [rows, D].</param>
    public void PassToQueriesAndKeys(
        BlockActivations<T> activations,
        Func<int, int, bool> reaches,
        Matrix<T> contextGradient,
        Matrix<T> scoreGradient,
        Matrix<T> queryGradient,
        Matrix<T> keyGradient)
    {
        int rows = contextGradient.Rows;
        int tokens = activations.Query.Rows;
        workers.ForEachRow(headCount * rows, headRow =>
        {
            (int head, int i) = Math.DivRem(headRow, rows);
            int firstColumn = head * headSize;
            Span<T> gradient = contextGradient.Row(i, firstColumn, headSize);
            Span<T> attention = activations.Attention.Row(head * tokens + i, 0, i + 1);
            Span<T> scores = scoreGradient.Row(head * tokens + i, 0, i + 1);
            for (int j = 0; j <= i; j++)
                scores[j] = TensorPrimitives.Dot<T>(gradient, activations.Value.Row(j, firstColumn, headSize));
            T mean = TensorPrimitives.Dot<T>(attention, scores);
            TensorPrimitives.Subtract(scores, mean, scores);
            TensorPrimitives.Multiply(scores, attention, scores);

            Span<T> query = queryGradient.Row(i, firstColumn, headSize);
            query.Clear();
            for (int j = 0; j <= i; j++)
                TensorPrimitives.MultiplyAdd(activations.Key.Row(j, firstColumn, headSize), scores[j] * scale, query, query);
        });
        SumOverLaterTokens(activations, scoreGradient, reaches, scale, activations.Query, keyGradient);
    }

    /// <summary>result[j] = Σ_{i ≥ j} coefficients[i, j] M[j, i] factor · rows[i] per head.</summary>
    private void SumOverLaterTokens(
        BlockActivations<T> activations, Matrix<T> coefficients, Func<int, int, bool> reaches, T factor, Matrix<T> addends, Matrix<T> result)
    {
        int tokens = activations.Query.Rows;
        int rows = result.Rows;
        workers.ForEachRow(headCount * rows, headRow =>
        {
            (int head, int j) = Math.DivRem(headRow, rows);
            int firstColumn = head * headSize;
            Span<T> sum = result.Row(j, firstColumn, headSize);
            sum.Clear();
            for (int i = j; i < rows; i++)
            {
                if (reaches(j, i))
                    TensorPrimitives.MultiplyAdd(addends.Row(i, firstColumn, headSize), coefficients[head * tokens + i, j] * factor, sum, sum);
            }
        });
    }
}
