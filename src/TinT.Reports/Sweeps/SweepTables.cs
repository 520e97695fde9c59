using System.Globalization;
using TinT.Evaluation.Perplexity;
using TinT.Evaluation.Sweeps;
using TinT.Reports.InContext;
using TinT.Reports.Perplexity;
using TinT.Reports.Tables;

namespace TinT.Reports.Sweeps;

/// <summary>Lays a sweep out as tables: the best settings of all evaluations on texts beside each other, and each evaluation by itself.</summary>
public static class SweepTables
{
    /// <summary>The tables, first the summary if evaluations are of texts.</summary>
    /// <param name="report">The report.</param>
    public static IEnumerable<ReportTable> Of(SweepReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.Evaluations.Any(evaluation => evaluation.Perplexity is not null))
            yield return Best(report);
        foreach (SweptEvaluation evaluation in report.Evaluations)
        {
            if (evaluation.Perplexity is { } perplexity)
                yield return Named(PerplexityTable.Create(perplexity), evaluation);
            if (evaluation.InContext is not { } tasks)
                continue;
            yield return Named(InContextTables.Main(tasks), evaluation);
            yield return Named(InContextTables.Choices(tasks), evaluation);
        }
    }

    /// <summary>The best setting of each method at each training fraction.</summary>
    /// <param name="report">The report.</param>
    public static ReportTable Best(SweepReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        SweptEvaluation[] evaluations = [.. report.Evaluations.Where(evaluation => evaluation.Perplexity is not null)];
        List<string> notes = ["Gain: how far the perplexity is below the auxiliary model's [95% confidence interval, paired over blocks]."];
        if (report.IsPartial)
        {
            string[] partial = [.. report.Evaluations.Where(evaluation => !evaluation.IsComplete).Select(evaluation => evaluation.Label)];
            notes.Insert(0, $"Partial: not all is finished of {string.Join("; ", partial)}.");
        }

        return new ReportTable(
            $"Best settings of {report.Name}",
            [new("evaluation", false), new("train", true), new("method", false), new("layers", true), new("steps", true), new("learning rate", true), new("auxiliary", true), new("perplexity", true), new("gain %", true)],
            [.. evaluations.Select(Rows)],
            notes);
    }

    private static IReadOnlyList<ReportRow> Rows(SweptEvaluation evaluation) =>
    [
        .. from fraction in evaluation.Perplexity!.Result.Fractions
           from method in evaluation.Perplexity.Result.Plan.Methods
           select Row(evaluation, fraction, method),
    ];

    private static ReportRow Row(SweptEvaluation evaluation, FractionResult fraction, string method)
    {
        MethodScore? best = fraction.Methods.FirstOrDefault(score => score.Method == method && score.IsBest);
        SweepPoint? point = best?.Point;
        return new ReportRow(
        [
            new(evaluation.Label),
            new(PerplexityTable.FormatFraction(fraction)),
            new(method),
            new(point?.Layers.ToString(CultureInfo.InvariantCulture) ?? "–"),
            new(point?.Steps.ToString(CultureInfo.InvariantCulture) ?? "–"),
            new(point is null ? "–" : PerplexityTable.FormatLearningRate(point.LearningRate)),
            new(fraction.Auxiliary.IsDiverged ? "diverged" : PerplexityTable.FormatPerplexity(fraction.Auxiliary.Perplexity)),
            best is null ? new("diverged", CellEmphasis.Warning) : new(PerplexityTable.FormatPerplexity(best.Perplexity)),
            new(PerplexityTable.FormatImprovement(best?.Improvement)),
        ]);
    }

    private static ReportTable Named(ReportTable table, SweptEvaluation evaluation) => table with { Title = $"{table.Title} ({evaluation.Label})" };
}
