using System.Globalization;
using TinT.Agreement.Comparison;
using TinT.Reports.Html;
using TinT.Runtime.Simulation;

namespace TinT.Agreement.Reports;

/// <summary>A report as a self-contained page, with a heat map for each choice of approximations.</summary>
public static class AgreementPage
{
    /// <summary>The page.</summary>
    /// <param name="report">The report.</param>
    /// <param name="subject">What was compared, in one line.</param>
    public static HtmlPage Create(AgreementReport report, string subject)
    {
        ArgumentNullException.ThrowIfNull(report);
        HtmlPage page = new($"Agreement of {report.Description.Model}", subject);
        page.Paragraph(report.Holds ? "Every tolerance holds." : "A tolerance is broken; the tables below show where.");
        foreach ((string engine, NonFiniteValue value) in report.NonFinite)
            page.Paragraph($"{engine}: {value}.");
        page.Section("Do they compute the same?").Table(AgreementTables.Comparisons(report));
        if (report.Storage is { } storage)
            page.Table(StorageTable.Create(storage));
        page.Section("How far is TinT from exact SGD?").Table(AgreementTables.Costs(report));
        page.Section("Layer by layer")
            .Paragraph("Cosine of the angle between TinT's change of a parameter tensor and that of exact SGD. 1: the same direction; 0: none in common.");
        foreach (ApproximationCost cost in report.Costs)
        {
            string weights = cost.Weights.Distance.ToString("0.0e-0", CultureInfo.InvariantCulture);
            page.Figure(CosineMap.Draw(cost), $"{cost.Approximation.Name}: distance of all weights {weights}");
        }

        return page.Table(AgreementTables.Grid(report, "|TinT| / |SGD|, TinT as written", closeness => AgreementTables.Ratio(closeness.RelativeNorm)));
    }
}
