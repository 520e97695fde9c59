using TinT.Reports.Html;
using TinT.Reports.InContext;
using TinT.Reports.Perplexity;
using TinT.Reports.Tables;

namespace TinT.Reports.Sweeps;

/// <summary>A sweep as a self-contained page: the best settings of all evaluations beside each other, then each evaluation with its plots.</summary>
public static class SweepPage
{
    /// <summary>The page.</summary>
    /// <param name="report">The report.</param>
    public static HtmlPage Create(SweepReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        HtmlPage page = new($"Sweep {report.Name}", report.IsPartial ? "Partial: evaluations are not finished." : string.Empty);
        if (report.Evaluations.Any(evaluation => evaluation.Perplexity is not null))
            page.Section("Best settings").Table(SweepTables.Best(report));
        foreach (SweptEvaluation evaluation in report.Evaluations)
        {
            string of = $" – {evaluation.Label}";
            if (evaluation.Perplexity is { } perplexity)
                PerplexityPage.AddTo(page, perplexity, of);
            if (evaluation.InContext is { } tasks)
                InContextPage.AddTo(page, tasks, of);
            ReportRow[] inputs = [.. evaluation.Inputs.Select(input => new ReportRow([new(input.Key), new(input.Value)]))];
            page.Section($"What determines the numbers{of}").Table(new ReportTable("Inputs", [new("what", false), new("value", false)], [inputs], []));
        }

        return page;
    }
}
