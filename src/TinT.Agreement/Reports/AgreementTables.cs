using System.Globalization;
using TinT.Agreement.Comparison;
using TinT.Model.Parameters;
using TinT.Reports.Tables;

namespace TinT.Agreement.Reports;

/// <summary>A report as tables for people.</summary>
public static class AgreementTables
{
    /// <summary>Compiled, literal and plain, in pairs.</summary>
    /// <param name="report">The report.</param>
    public static ReportTable Comparisons(AgreementReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        IEnumerable<ReportRow> rows = report.Comparisons.Select(comparison => new ReportRow(
        [
            new ReportCell(comparison.Ours),
            new ReportCell(comparison.Theirs),
            Cell(comparison.LogitsBefore),
            Cell(comparison.LogitUpdate),
            Cell(comparison.WeightUpdate),
            new ReportCell(comparison.WeightUpdate.Where),
        ]));
        List<string> notes =
        [
            "Each error with its tolerance: the largest difference of a logit before training relative to their rms; |ours − theirs| / |theirs| of the",
            "change of the logits, and of the weight tensor that is closest to its tolerance.",
        ];
        if (report.Comparisons.Any(comparison => comparison.Ours.Contains("GPU", StringComparison.Ordinal)))
            notes.Add("GPUs may take an approximate exp and add up in another order: their tolerances are two to four times the processor's.");
        if (report.SoftGates is { } soft)
            notes.Add($"Gates that are tanh of ±10 instead of hard move the change of the logits by {Short(soft)} of it.");
        return new ReportTable(
            $"Do they compute the same? {report.Description.Model}: compiled, literal, plain",
            [Text("ours"), Text("theirs"), Number("logits before"), Number("logit update"), Number("weight update"), Text("of")],
            [[.. rows]],
            notes);
    }

    /// <summary>What each approximation costs.</summary>
    /// <param name="report">The report.</param>
    public static ReportTable Costs(AgreementReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        ReportRow Row(string name, Closeness weights, Closeness logits) => new(
        [
            new ReportCell(name),
            .. Cells(weights),
            .. Cells(logits),
        ]);
        ReportRow[] rows = [.. report.Costs.Select(cost => Row(cost.Approximation.Name, cost.Weights, cost.Logits))];
        Closeness blocks = report.WholeBlocks;
        return new ReportTable(
            "How far is TinT from exact SGD? Each approximation made exact alone, and all",
            [
                Text("made exact"), Number("weights: cosine"), Number("norm"), Number("distance"),
                Number("logits: cosine"), Number("norm"), Number("distance"),
            ],
            [[.. rows]],
            [
                "Changes by TinT against those by exact SGD on the parameters TinT updates: cosine of the angle, |TinT| / |SGD|, |TinT − SGD| / |SGD|.",
                $"Against exact SGD on whole layers (queries, keys and gains too) the logits' cosine is {Cosine(blocks.Cosine)}, norm {Ratio(blocks.RelativeNorm)}, distance {Short(blocks.Distance)}.",
                report.Exactness is { } exactness
                    ? $"With all four exact the weights must move as in exact SGD: distance {Short(exactness.Error)}, tolerance {Short(exactness.Tolerance)}{(exactness.Holds ? "" : " – BROKEN")}."
                    : $"With all four exact TinT need not be exact SGD here: {report.WhyNotExact}",
            ]);
    }

    /// <summary>TinT as written against exact SGD, tensor by tensor: one row a layer.</summary>
    /// <param name="report">The report.</param>
    /// <param name="title">Title of the table.</param>
    /// <param name="value">What to show of each tensor.</param>
    public static ReportTable Grid(AgreementReport report, string title, Func<Closeness, string> value)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(value);
        IReadOnlyList<ParameterCloseness> parameters = report.Costs[0].Parameters;
        ParameterKind[] kinds = [.. parameters.Select(parameter => parameter.Kind).Distinct().Order()];
        IEnumerable<ReportRow> rows = parameters.GroupBy(parameter => parameter.Layer).Select(layer => new ReportRow(
        [
            new ReportCell(layer.Key < 0 ? "final norm" : layer.Key.ToString(CultureInfo.InvariantCulture)),
            .. kinds.Select(kind => new ReportCell(layer.FirstOrDefault(parameter => parameter.Kind == kind) is { } found ? value(found.Closeness) : "")),
        ]));
        return new ReportTable(title, [Text("layer"), .. kinds.Select(kind => Number(ParameterNames.Symbol(kind)))], [[.. rows]], []);
    }

    /// <summary>A cosine with as many digits as tell it from 1, up to four.</summary>
    /// <param name="value">The cosine.</param>
    public static string Cosine(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>A ratio near 1.</summary>
    /// <param name="value">The ratio.</param>
    public static string Ratio(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>A distance, two digits.</summary>
    internal static string Short(double value) => value.ToString("0.0e-0", CultureInfo.InvariantCulture);

    private static IEnumerable<ReportCell> Cells(Closeness closeness) =>
        [new(Cosine(closeness.Cosine)), new(Ratio(closeness.RelativeNorm)), new(Short(closeness.Distance))];

    private static ReportCell Cell(Measure measure) => new(
        $"{Short(measure.Error)} {(measure.Holds ? '≤' : '>')} {Short(measure.Tolerance)}",
        measure.Holds ? CellEmphasis.None : CellEmphasis.Warning);

    private static ReportColumn Text(string header) => new(header, IsNumeric: false);

    private static ReportColumn Number(string header) => new(header, IsNumeric: true);
}
