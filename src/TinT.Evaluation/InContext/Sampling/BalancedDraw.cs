using TinT.Evaluation.InContext.Data;
using TinT.Evaluation.Sweeps;

namespace TinT.Evaluation.InContext.Sampling;

/// <summary>Draws of as many rows of each class.</summary>
public static class BalancedDraw
{
    /// <summary>Walks a permutation and takes a row while its class has fewer than its share.</summary>
    /// <param name="texts">The rows to draw from.</param>
    /// <param name="classCount">Classes.</param>
    /// <param name="count">Rows to draw; a multiple of the classes.</param>
    /// <param name="seed">Seed of the permutation.</param>
    /// <param name="left">Rows that are passed over.</param>
    /// <returns>Indices of rows, in the order in which they were drawn.</returns>
    /// <exception cref="EvaluationException">The count is no multiple of the classes.</exception>
    /// <exception cref="DataSetException">A class has too few rows.</exception>
    public static int[] Of(LabelledTexts texts, int classCount, int count, uint seed, IReadOnlySet<int>? left = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (count % classCount != 0)
        {
            throw new EvaluationException(FormattableString.Invariant(
                $"{count} rows cannot be drawn from {classCount} classes with as many of each; use {count - (count % classCount)} or {count - (count % classCount) + classCount}."));
        }

        int[] missing = [.. Enumerable.Repeat(count / classCount, classCount)];
        List<int> drawn = [];
        foreach (int row in LegacyPermutation.Of(seed, texts.Rows.Count))
        {
            if (drawn.Count == count)
                break;
            int label = texts.Rows[row].Label;
            if (missing[label] == 0 || left?.Contains(row) == true)
                continue;
            missing[label]--;
            drawn.Add(row);
        }

        int lacking = Array.FindIndex(missing, rows => rows > 0);
        return lacking < 0 ? [.. drawn] : throw new DataSetException(
            texts.Path, null, FormattableString.Invariant(
                $"class {lacking} has {missing[lacking]} rows too few for a draw of {count}; draw fewer or give more rows."));
    }
}
