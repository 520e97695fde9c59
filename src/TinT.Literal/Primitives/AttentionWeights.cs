using System.Numerics;
using System.Numerics.Tensors;
using TinT.Reference.Matrices;

namespace TinT.Literal.Primitives;

/// <summary>Scores of one query over all keys, and their softmax.</summary>
internal static class AttentionWeights
{
    /// <summary>scale · ⟨q, k_j⟩ for every key j in one head; 0 where the query may not attend.</summary>
    public static void Scores<T>(
        Matrix<T> queries, Matrix<T> keys, int first, int size, int query, Func<int, int, bool> mayAttend, T scale, Span<T> scores)
        where T : IFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> row = queries.Row(query, first, size);
        for (int key = 0; key < keys.Rows; key++)
            scores[key] = mayAttend(query, key) ? scale * TensorPrimitives.Dot(row, keys.Row(key, first, size)) : T.Zero;
    }

    /// <summary>Softmax over the keys the query may attend to; 0 elsewhere, and throughout if there are none.</summary>
    public static void Normalise<T>(int query, Func<int, int, bool> mayAttend, Span<T> scores)
        where T : IFloatingPointIeee754<T>
    {
        T largest = T.NegativeInfinity;
        for (int key = 0; key < scores.Length; key++)
        {
            if (mayAttend(query, key))
                largest = T.Max(largest, scores[key]);
        }

        T total = T.Zero;
        for (int key = 0; key < scores.Length; key++)
        {
            scores[key] = mayAttend(query, key) ? T.Exp(scores[key] - largest) : T.Zero;
            total += scores[key];
        }

        if (!T.IsZero(total))
            TensorPrimitives.Divide(scores, total, scores);
    }
}
