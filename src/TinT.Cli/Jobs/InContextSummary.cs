using System.Globalization;
using TinT.Evaluation.InContext.Protocol;
using TinT.Reports.InContext;

namespace TinT.Cli.Jobs;

/// <summary>What the table of an in-context evaluation shows, in sentences that follow from its numbers.</summary>
internal static class InContextSummary
{
    /// <summary>97.5th percentile of the standard normal distribution.</summary>
    private const double Normal = 1.959964;

    /// <summary>For each number of demonstrations what the auxiliary model gets right, and for each setting what an inner step changes.</summary>
    /// <param name="report">The report.</param>
    public static IEnumerable<string> Describe(InContextReport report)
    {
        InContextPlan plan = report.Result.Plan;
        int queries = plan.Tasks.Sum(task => task.RowsOf(plan.Reported).Count);
        foreach (var group in InContextRows.Of(report.Result).GroupBy(row => (row.Calibration, row.Shots)))
        {
            InContextRow auxiliary = group.First(row => row.Method == InContextEvaluator.Auxiliary);
            double accuracy = auxiliary.Average.Mean;
            double error = Normal * Math.Sqrt(accuracy * (1 - accuracy) / queries);
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{Demonstrations(group.Key.Shots)} the auxiliary model labels {100 * accuracy:0.0}% of {queries} queries right [{100 * Math.Max(0, accuracy - error):0.0}, {100 * Math.Min(1, accuracy + error):0.0}] ({InContextWords.Of(group.Key.Calibration)} scores).");
            foreach (var method in group.Where(row => row is { Loss: not null, Gain: not null }).GroupBy(row => row.Method))
                yield return $"  {method.Key}: {string.Join("; ", method.Select(Change))}.";
        }
    }

    private static string Demonstrations(int shots) =>
        shots == 0 ? "Without demonstrations" : string.Create(CultureInfo.InvariantCulture, $"With {shots} demonstrations");

    private static string Change(InContextRow row)
    {
        string setting = $"{(row.Layout is { } layout ? $"{InContextWords.Of(layout)}, " : "")}{InContextWords.Of(row.Loss!.Value)} loss";
        return $"{setting} {InContextWords.Points(row.Gain)} – {Verdict(row.Gain!)}";
    }

    /// <summary>What an interval says: a step helps or harms only if zero lies outside.</summary>
    private static string Verdict(Gain gain) => gain switch
    {
        { Low: > 0 } => "it helps",
        { High: < 0 } => "it harms",
        { Mean: 0, Low: 0, High: 0 } => "no prediction changes",
        _ => "so few queries do not tell",
    };
}
