using TinT.Evaluation.InContext.Protocol;

namespace TinT.Reports.InContext;

/// <summary>How much more of the same queries a method gets right than another, in shares, with its 95% interval.</summary>
/// <param name="Mean">The difference of accuracies.</param>
/// <param name="Low">Lower bound of the interval; NaN for a single query.</param>
/// <param name="High">Upper bound.</param>
public sealed record Gain(double Mean, double Low, double High)
{
    /// <summary>97.5th percentile of the standard normal distribution.</summary>
    private const double Normal = 1.959964;

    /// <summary>Pairs the predictions of the same queries: a query's difference is its mean over seeds, since seeds share queries.</summary>
    /// <param name="pairs">For each task and seed the predictions of both on the same queries.</param>
    public static Gain? Of(IEnumerable<(string Task, IReadOnlyList<int> Rows, Predictions Method, Predictions Other)> pairs)
    {
        double[] differences =
        [
            .. (from pair in pairs
                from query in Enumerable.Range(0, pair.Rows.Count)
                let label = pair.Method.Labels[query]
                let difference = (pair.Method.Classes[query] == label ? 1.0 : 0) - (pair.Other.Classes[query] == label ? 1 : 0)
                group difference by (pair.Task, pair.Rows[query])).Select(seeds => seeds.Average()),
        ];
        if (differences.Length == 0)
            return null;
        double mean = differences.Average();
        double error = Math.Sqrt(differences.Sum(value => (value - mean) * (value - mean)) / (differences.Length - 1) / differences.Length);
        return new Gain(mean, mean - (Normal * error), mean + (Normal * error));
    }
}
