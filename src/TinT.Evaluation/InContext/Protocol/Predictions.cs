namespace TinT.Evaluation.InContext.Protocol;

/// <summary>What a run predicts, and how well.</summary>
/// <param name="Classes">The class of each query: the first of the largest scores; −1 where a score is not a number.</param>
/// <param name="Labels">The true classes.</param>
/// <param name="ClassCount">Classes.</param>
/// <param name="SmallestMargin">The smallest difference between a query's best score and its second.</param>
public sealed record Predictions(IReadOnlyList<int> Classes, IReadOnlyList<int> Labels, int ClassCount, double SmallestMargin)
{
    /// <summary>Stands for a query with a score that is not a number.</summary>
    public const int None = -1;

    /// <summary>Whether any score is not a number: such a run has no accuracy.</summary>
    public bool IsDiverged => Classes.Contains(None);

    /// <summary>Share of right predictions; NaN for a diverged run.</summary>
    public double Accuracy => IsDiverged ? double.NaN : Right / (double)Labels.Count;

    /// <summary>√(a (1 − a) / n).</summary>
    public double StandardError => Math.Sqrt(Accuracy * (1 - Accuracy) / Labels.Count);

    /// <summary>Right predictions.</summary>
    public int Right => Classes.Zip(Labels).Count(pair => pair.First == pair.Second);

    /// <summary>Share of a class's queries that are predicted as it.</summary>
    /// <param name="label">The class.</param>
    public double Recall(int label) => Share(Classes.Zip(Labels).Where(pair => pair.Second == label), pair => pair.First == label);

    /// <summary>Share of queries that are predicted as a class, right or wrong: 1 if predictions collapse to it.</summary>
    /// <param name="label">The class.</param>
    public double Predicted(int label) => Share(Classes, prediction => prediction == label);

    /// <summary>Queries of a class that are predicted as another, or the same.</summary>
    /// <param name="label">The true class.</param>
    /// <param name="prediction">The predicted one.</param>
    public int Count(int label, int prediction) => Classes.Zip(Labels).Count(pair => pair == (prediction, label));

    /// <summary>The predictions of scores.</summary>
    /// <param name="scores">[queries][classes].</param>
    /// <param name="labels">The true classes.</param>
    public static Predictions Of(IReadOnlyList<double[]> scores, IReadOnlyList<int> labels)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(labels);
        double margin = double.PositiveInfinity;
        List<int> classes = [];
        foreach (double[] each in scores)
        {
            if (each.Any(double.IsNaN))
            {
                classes.Add(None);
                continue;
            }

            double best = each.Max();
            classes.Add(Array.IndexOf(each, best));
            margin = Math.Min(margin, each.Order().TakeLast(2).ToArray() is [var second, var first] ? first - second : margin);
        }

        return new Predictions(classes, labels, scores.Count > 0 ? scores[0].Length : 0, margin);
    }

    private static double Share<T>(IEnumerable<T> values, Func<T, bool> counts)
    {
        T[] all = [.. values];
        return all.Length == 0 ? double.NaN : all.Count(counts) / (double)all.Length;
    }
}
