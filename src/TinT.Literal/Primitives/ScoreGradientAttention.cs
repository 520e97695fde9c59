using System.Numerics;
using System.Numerics.Tensors;
using TinT.Literal.Parameters;
using TinT.Reference.Matrices;
using TinT.Reference.Tape;

namespace TinT.Literal.Primitives;

/// <summary>
/// The gradient through the scores of softmax attention, for <c>attention: exact</c>; the authors' construction has no such layer. Two
/// pairs of queries and keys are read: scores S = q kᵀ · scale with A = softmax(S), and P = ∂c vᵀ, the gradient of A. With
/// ∂S[i, j] = A[i, j] (P[i, j] − Σ_k A[i, k] P[i, k]), token i receives scale Σ_j ∂S[i, j] k_j and token j scale Σ_i ∂S[i, j] q_i. Where scores are bounded,
/// S = c tanh(q kᵀ · scale / c), ∂S is multiplied by 1 − tanh².
/// </summary>
public sealed class ScoreGradientAttention
{
    /// <summary>Heads.</summary>
    public required int HeadCount { get; init; }

    /// <summary>Factor of the scores.</summary>
    public required double ScoreScale { get; init; }

    /// <summary>As in <see cref="SimulatorAttention.Slopes"/>.</summary>
    public IReadOnlyList<double> Slopes { get; init; } = [];

    /// <summary>As in <see cref="SimulatorAttention.ScoreCap"/>.</summary>
    public double? ScoreCap { get; init; }

    /// <summary>q for the scores.</summary>
    public required ProjectedInput Query { get; init; }

    /// <summary>k for the scores.</summary>
    public required ProjectedInput Key { get; init; }

    /// <summary>∂c.</summary>
    public required ProjectedInput ContextGradient { get; init; }

    /// <summary>v.</summary>
    public required ProjectedInput Value { get; init; }

    /// <summary>k as what queries receive.</summary>
    public required ProjectedInput ToQueries { get; init; }

    /// <summary>q as what keys receive.</summary>
    public required ProjectedInput ToKeys { get; init; }

    /// <summary>Where ∂q is put.</summary>
    public required MixingMap QueryProjection { get; init; }

    /// <summary>Where ∂k is put.</summary>
    public required MixingMap KeyProjection { get; init; }

    /// <summary>Every parameter.</summary>
    public IEnumerable<ParameterDefinition> Parameters =>
    [
        .. Query.Parameters,
        .. Key.Parameters,
        .. ContextGradient.Parameters,
        .. Value.Parameters,
        .. ToQueries.Parameters,
        .. ToKeys.Parameters,
        .. QueryProjection.Parameters,
        .. KeyProjection.Parameters,
    ];

    /// <summary>Passes the gradient.</summary>
    /// <typeparam name="T">Element type.</typeparam>
    /// <param name="run">Parameters.</param>
    /// <param name="hidden">Embeddings, [positions, H].</param>
    /// <param name="mayAttend">Whether query position i may attend to key position j.</param>
    /// <param name="maySend">Whether key position j may receive what position i sends back.</param>
    /// <returns>∂q and ∂k where the projections put them, [positions, H].</returns>
    public Matrix<T> Apply<T>(LiteralRun<T> run, Matrix<T> hidden, Func<int, int, bool> mayAttend, Func<int, int, bool> maySend)
        where T : IFloatingPointIeee754<T>
    {
        Matrix<T> queries = Query.Apply(run, hidden);
        Matrix<T> keys = Key.Apply(run, hidden);
        Matrix<T> gradients = ContextGradient.Apply(run, hidden);
        Matrix<T> values = Value.Apply(run, hidden);
        Matrix<T> toQueries = ToQueries.Apply(run, hidden);
        Matrix<T> toKeys = ToKeys.Apply(run, hidden);
        Matrix<T> queryGradient = run.Scratch.Take(hidden.Rows, hidden.Columns);
        Matrix<T> keyGradient = run.Scratch.Take(hidden.Rows, hidden.Columns);
        Matrix<T> attention = run.Scratch.Take(hidden.Rows, hidden.Rows);
        Matrix<T> scores = run.Scratch.Take(hidden.Rows, hidden.Rows);
        Matrix<T>? capped = ScoreCap is null ? null : run.Scratch.Take(hidden.Rows, hidden.Rows);
        AttentionMask allowed = new(hidden.Rows, mayAttend);
        AttentionMask sent = new(hidden.Rows, (query, key) => maySend(key, query));
        int size = hidden.Columns / HeadCount;
        T scale = T.CreateChecked(ScoreScale);
        for (int head = 0; head < HeadCount; head++)
        {
            Matrix<T> Head(Matrix<T> matrix) => matrix.Part(0, hidden.Rows, head * size, size);
            AttentionWeights.Scores(run, Head(queries), Head(keys), allowed, ScoreScale, attention);
            if (ScoreCap is { } cap)
            {
                AttentionWeights.Cap(run, cap, attention);
                attention.AsSpan().CopyTo(capped!.AsSpan());
            }

            if (head < Slopes.Count)
                AttentionWeights.AddDistances(run, allowed, Slopes[head], attention);
            AttentionWeights.Normalize(run, allowed, attention);
            AttentionWeights.Scores(run, Head(gradients), Head(values), allowed, 1, scores);
            run.Workers.ForEachRow(hidden.Rows, query =>
            {
                Span<T> row = scores.Row(query);
                T mean = TensorPrimitives.Dot<T>(attention.Row(query), row);
                TensorPrimitives.Subtract(row, mean, row);
                TensorPrimitives.Multiply(row, attention.Row(query), row);
                TensorPrimitives.Multiply(row, scale, row);
                if (ScoreCap is { } bound)
                    CapOperation.Differentiate(capped!.Row(query), T.CreateChecked(bound), row);
            });
            run.Products.By(scores, Head(toQueries), Head(queryGradient));
            sent.Clear(run, scores);
            run.Products.TransposedBy(scores, Head(toKeys), Head(keyGradient));
        }

        Matrix<T> output = QueryProjection.Apply(run, queryGradient);
        TensorPrimitives.Add(output.AsSpan(), KeyProjection.Apply(run, keyGradient).AsSpan(), output.AsSpan());
        return output;
    }
}
