using System.Numerics;
using System.Numerics.Tensors;
using TinT.Reference.Matrices;
using TinT.Reference.Tape;

namespace TinT.Literal.Primitives;

/// <summary>Scores of all queries over all keys in one head, and their softmax.</summary>
internal static class AttentionWeights
{
    /// <summary>scale · ⟨q_i, k_j⟩ for every query i and key j; 0 where the query may not attend.</summary>
    public static void Scores<T>(LiteralRun<T> run, Matrix<T> queries, Matrix<T> keys, AttentionMask allowed, double scale, Matrix<T> scores)
        where T : IFloatingPointIeee754<T>
    {
        run.Products.ByTransposed(queries, keys, [], scores);
        T factor = T.CreateChecked(scale);
        run.Workers.ForEachRow(scores.Rows, query =>
        {
            Span<T> row = scores.Row(query);
            TensorPrimitives.Multiply(row, factor, row);
            allowed.Clear(query, row);
        });
    }

    /// <summary>c tanh(score / c).</summary>
    public static void Cap<T>(LiteralRun<T> run, double cap, Matrix<T> scores)
        where T : IFloatingPointIeee754<T>
    {
        T bound = T.CreateChecked(cap);
        run.Workers.ForEachRow(scores.Rows, query => CapOperation.Apply(scores.Row(query), bound, scores.Row(query)));
    }

    /// <summary>Adds slope · (position of key j − position of query i) where the query may attend.</summary>
    public static void AddDistances<T>(LiteralRun<T> run, AttentionMask allowed, double slope, Matrix<T> scores)
        where T : IFloatingPointIeee754<T> => run.Workers.ForEachRow(scores.Rows, query =>
        {
            ReadOnlySpan<bool> row = allowed.Row(query);
            for (int key = 0; key < row.Length; key++)
            {
                if (row[key])
                    scores[query, key] += T.CreateChecked(slope * (run.TokenPosition(key) - run.TokenPosition(query)));
            }
        });

    /// <summary>Softmax over the keys a query may attend to; 0 elsewhere, and throughout if there are none.</summary>
    public static void Normalize<T>(LiteralRun<T> run, AttentionMask allowed, Matrix<T> scores)
        where T : IFloatingPointIeee754<T> => run.Workers.ForEachRow(scores.Rows, query => Normalize(allowed.Row(query), scores.Row(query)));

    private static void Normalize<T>(ReadOnlySpan<bool> allowed, Span<T> scores)
        where T : IFloatingPointIeee754<T>
    {
        T largest = T.NegativeInfinity;
        for (int key = 0; key < scores.Length; key++)
        {
            if (allowed[key])
                largest = T.Max(largest, scores[key]);
        }

        T total = T.Zero;
        for (int key = 0; key < scores.Length; key++)
        {
            scores[key] = allowed[key] ? T.Exp(scores[key] - largest) : T.Zero;
            total += scores[key];
        }

        if (!T.IsZero(total))
            TensorPrimitives.Divide(scores, total, scores);
    }
}
