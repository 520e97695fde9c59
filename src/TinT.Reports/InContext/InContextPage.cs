using System.Globalization;
using TinT.Evaluation.InContext.Protocol;
using TinT.Reports.Files;
using TinT.Reports.Html;
using TinT.Reports.Tables;

namespace TinT.Reports.InContext;

/// <summary>An in-context evaluation as a self-contained page with plots.</summary>
public static class InContextPage
{
    private const double LabelWidth = 190, PlotWidth = 280, ValueWidth = 90, LeastWidth = 420, BarHeight = 13, Gap = 4, Whisker = 2;

    /// <summary>97.5th percentile of the standard normal distribution.</summary>
    private const double Normal = 1.959964;

    /// <summary>The page.</summary>
    /// <param name="report">The report.</param>
    public static HtmlPage Create(InContextReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        HtmlPage page = new($"In-context learning of {report.Simulator.Model}", string.Join(", ", report.Result.Plan.Tasks.Select(task => task.Data.Name)));
        AddTo(page, report);
        page.Section("What determines the numbers").Paragraph($"Version {report.Version}.").Table(HashedInputs.Table(report.Inputs));
        return page;
    }

    /// <summary>Adds tables and plots to a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="report">The report.</param>
    /// <param name="of">What it is of, behind each heading; empty if the page has no other.</param>
    public static void AddTo(HtmlPage page, InContextReport report, string of = "")
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(report);
        InContextResult result = report.Result;
        page.Section($"Accuracy{of}").Table(InContextTables.Main(report));
        foreach (PlannedTask task in result.Plan.Tasks)
            page.Figure(Bars(report, task), $"{task.Data.Name}: mean over seeds; whiskers: 95% confidence interval of one run of so many queries.");
        page.Section($"Learning rates{of}");
        foreach (PlannedTask task in result.Plan.Tasks)
            page.Figure(Rates(result, task), $"{task.Data.Name}: accuracy on the evaluation draw by learning rate, mean over seeds, {InContextWords.Of(result.Plan.Calibrations[0])} scores.");
        page.Section($"Confusion{of}")
            .Paragraph("Queries of the reported draw, all seeds together: rows are true classes, columns predicted ones.");
        foreach (ReportTable table in Confusions(report))
            page.Table(table);
        page.Section($"Settings{of}");
        foreach (Calibration calibration in result.Plan.Calibrations)
            page.Table(InContextTables.Settings(report, calibration));
        page.Table(InContextTables.Choices(report));
    }

    private static SvgDrawing Bars(InContextReport report, PlannedTask task)
    {
        int index = report.Result.Plan.Tasks.ToList().IndexOf(task);
        InContextRow[] rows = [.. InContextRows.Of(report.Result)];
        double height = (rows.Length * (BarHeight + Gap)) + 24;
        SvgDrawing drawing = new(LabelWidth + PlotWidth + ValueWidth, height, $"Accuracy of each row of the table on {task.Data.Name}", LeastWidth);
        for (int tenth = 0; tenth <= 10; tenth += 2)
        {
            double x = LabelWidth + (PlotWidth * tenth / 10);
            drawing.Line(x, 0, x, height - 18).Label(x, height - 5, $"{10 * tenth}%", SvgAnchor.Middle, "faint");
        }

        for (int row = 0; row < rows.Length; row++)
        {
            Accuracy accuracy = rows[row].Tasks[index];
            double y = row * (BarHeight + Gap);
            string name = NameOf(rows[row], report.Result);
            drawing.Label(LabelWidth - 8, y + BarHeight - 2, name, SvgAnchor.End);
            if (double.IsNaN(accuracy.Mean))
                continue;
            string colour = report.Result.Methods.Contains(rows[row].Method) ? $"c{ColourOf(report.Result, rows[row].Method)}" : "quiet";
            drawing.Rectangle(LabelWidth, y, PlotWidth * accuracy.Mean, BarHeight, colour, $"{name}: {InContextWords.Percent(accuracy)}");
            double error = Normal * Math.Sqrt(accuracy.Mean * (1 - accuracy.Mean) / task.RowsOf(report.Result.Plan.Reported).Count);
            double low = Math.Max(0, accuracy.Mean - error);
            drawing.Rectangle(
                LabelWidth + (PlotWidth * low), y + ((BarHeight - Whisker) / 2), PlotWidth * (Math.Min(1, accuracy.Mean + error) - low), Whisker, "whisker");
            drawing.Label(LabelWidth + PlotWidth + 6, y + BarHeight - 2, InContextWords.Percent(accuracy), styleClass: "faint");
        }

        return drawing;
    }

    /// <summary>A block of bars for each layout and loss, one bar for each learning rate.</summary>
    private static SvgDrawing Rates(InContextResult result, PlannedTask task)
    {
        Calibration calibration = result.Plan.Calibrations[0];
        var bars = result.Runs
            .Where(run => run.Key.Task == task.Data.Name && run.Key is { Setting: not null, Draw: Draw.Evaluation })
            .GroupBy(run => run.Key with { TrainSeed = 0 })
            .Select(group => (Key: group.Key, Accuracy: new Accuracy([.. group.Select(run => run.Predict(calibration).Accuracy)])))
            .ToArray();
        double height = (bars.Length * (BarHeight + Gap)) + 8;
        SvgDrawing drawing = new(LabelWidth + PlotWidth + ValueWidth, height, $"Accuracy by learning rate on {task.Data.Name}", LeastWidth);
        for (int bar = 0; bar < bars.Length; bar++)
        {
            (RunKey key, Accuracy accuracy) = bars[bar];
            InnerSetting setting = key.Setting!.Value;
            double y = bar * (BarHeight + Gap);
            string name = string.Create(
                CultureInfo.InvariantCulture,
                $"{key.Shots} {InContextWords.Of(key.Layout)} {InContextWords.Of(key.Loss!.Value)} {setting.Layers}×{setting.Steps} lr {InContextWords.Rate(setting.LearningRate)}");
            drawing.Label(LabelWidth - 8, y + BarHeight - 2, name, SvgAnchor.End);
            if (!double.IsNaN(accuracy.Mean))
                drawing.Rectangle(LabelWidth, y, PlotWidth * accuracy.Mean, BarHeight, $"c{ColourOf(result, key.Method)}", $"{key.Method}, {name}: {InContextWords.Percent(accuracy)}");
            drawing.Label(LabelWidth + PlotWidth + 6, y + BarHeight - 2, InContextWords.Percent(accuracy), styleClass: "faint");
        }

        return drawing;
    }

    private static IEnumerable<ReportTable> Confusions(InContextReport report)
    {
        InContextPlan plan = report.Result.Plan;
        Calibration calibration = plan.Calibrations[0];
        foreach (PlannedTask task in plan.Tasks)
        {
            IReadOnlyList<string> labels = task.Data.Template.Labels;
            var groups = report.Result.Runs
                .Where(run => run.Key.Task == task.Data.Name && run.Key.Draw == plan.Reported && InContextRows.IsChosen(report.Result, run.Key, calibration))
                .GroupBy(run => (run.Key.Method, run.Key.Shots, run.Key.Layout, run.Key.Loss));
            List<IReadOnlyList<ReportRow>> rows = [];
            foreach (var group in groups)
            {
                Predictions[] predictions = [.. group.Select(run => run.Predict(calibration))];
                string loss = group.Key.Loss is { } learned ? $", {InContextWords.Of(learned)} loss" : "";
                rows.Add(
                [
                    .. labels.Select((label, index) => new ReportRow(
                    [
                        new(index == 0 ? string.Create(CultureInfo.InvariantCulture, $"{group.Key.Method}, {group.Key.Shots} shots, {InContextWords.Of(group.Key.Layout)}{loss}") : ""),
                        new(label),
                        .. labels.Select(
                            (_, other) => new ReportCell(predictions.Sum(each => each.Count(index, other)).ToString(CultureInfo.InvariantCulture))),
                    ])),
                ]);
            }

            yield return new ReportTable(
                $"{task.Data.Name} ({InContextWords.Of(calibration)} scores)", [new("run", false), new("class", false), .. labels.Select(label => new ReportColumn(label, true))], rows, []);
        }
    }

    private static int ColourOf(InContextResult result, string method) => Math.Max(0, result.Methods.ToList().IndexOf(method)) % 8;

    private static string NameOf(InContextRow row, InContextResult result) => string.Join(
        ' ',
        (string[])
        [
            InContextWords.Of(row.Calibration),
            row.Shots.ToString(CultureInfo.InvariantCulture),
            row.Method,
            .. InContextTables.IsBestOfAll(row, result) ? ["best of all"] : (string[])[],
            .. row.Layout is { } layout ? [InContextWords.Of(layout)] : (string[])[],
            .. row.Loss is { } loss ? [InContextWords.Of(loss)] : (string[])[],
        ]);
}
