using System.Globalization;
using TinT.Evaluation.InContext.Prompts;
using TinT.Evaluation.InContext.Protocol;
using TinT.Reports.Tables;

namespace TinT.Reports.InContext;

/// <summary>Lays an in-context evaluation out as tables.</summary>
public static class InContextTables
{
    /// <summary>The paper's table: methods by tasks, mean ± spread over seeds in percent.</summary>
    /// <param name="report">The report.</param>
    public static ReportTable Main(InContextReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        InContextPlan plan = report.Result.Plan;
        List<ReportColumn> columns =
        [
            new("scores", false), new("shots", true), new("method", false), new("layout", false), new("loss", false),
            .. plan.Tasks.Select(task => new ReportColumn(task.Data.Name, true)),
        ];
        if (plan.Tasks.Count > 1)
            columns.Add(new("Avg", true));
        columns.Add(new("gain", true));
        IReadOnlyList<InContextRow> rows = InContextRows.Of(report.Result);
        List<IReadOnlyList<ReportRow>> groups =
        [
            .. rows.GroupBy(row => (row.Calibration, row.Shots)).Select(group => group.Select(row => Row(row, [.. group], report.Result)).ToArray()),
        ];
        return new ReportTable(
            $"Accuracy of {report.Simulator.Model} in percent, before and after inner training on the prompt", columns, groups, Notes(report));
    }

    /// <summary>What was chosen, and how runs went.</summary>
    /// <param name="report">The report.</param>
    public static ReportTable Choices(InContextReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        bool perSeed = report.Result.Plan.Options.Selection == Selection.Oracle;
        List<ReportColumn> columns = [new("task", false), new("shots", true)];
        if (perSeed)
            columns.Add(new("seed", true));
        columns.AddRange(
        [
            new("method", false), new("layout", false), new("loss", false), new("scores", false), new("learning rate", true), new("layers", true), new(
                "steps", true),
            new("accuracy", true), new("of settings", true), new("diverged runs", true), new("smallest margin", true),
        ]);
        List<ReportRow> rows = [];
        foreach (Choice choice in report.Result.Choices)
        {
            double margin = InContextEvaluator.ReportedKeys(report.Result.Plan, choice)
                .Select(report.Result.Find).OfType<InContextRun>().Min(run => run.Predict(choice.Calibration).SmallestMargin);
            List<string> cells = [choice.Task, Whole(choice.Shots)];
            if (perSeed)
                cells.Add(Whole(choice.TrainSeed ?? 0));
            cells.AddRange(
            [
                choice.Method, InContextWords.Of(choice.Layout), InContextWords.Of(choice.Loss), InContextWords.Of(choice.Calibration),
                InContextWords.Rate(choice.Setting.LearningRate), Whole(choice.Setting.Layers), Whole(choice.Setting.Steps),
                InContextWords.Percent(new Accuracy([choice.Accuracy])), Whole(choice.Settings), Whole(choice.Diverged),
                margin.ToString("0.0e+0", CultureInfo.InvariantCulture),
            ]);
            rows.Add(new ReportRow([.. cells.Select(cell => new ReportCell(cell))]));
        }

        return new ReportTable("Chosen settings", columns, [rows], ["Accuracy: what the setting was chosen by, on the evaluation draw."]);
    }

    /// <summary>What layouts, losses and depths do: accuracy on the evaluation draw, the best of the learning rates.</summary>
    /// <param name="report">The report.</param>
    /// <param name="calibration">What scores are compared.</param>
    public static ReportTable Settings(InContextReport report, Calibration calibration)
    {
        ArgumentNullException.ThrowIfNull(report);
        InContextPlan plan = report.Result.Plan;
        List<ReportColumn> columns =
        [
            new("shots", true), new("method", false), new("layout", false), new("loss", false), new("layers", true), new("steps", true),
            .. plan.Tasks.Select(task => new ReportColumn(task.Data.Name, true)),
        ];
        List<IReadOnlyList<ReportRow>> groups = [];
        foreach (int shots in plan.Options.Shots)
        {
            groups.Add(
            [
                .. from method in report.Result.Methods
                   from layout in plan.LayoutsOf(shots)
                   from loss in plan.LossesOf(shots)
                   from depth in plan.Depths
                   select new ReportRow(
                   [
                       new(Whole(shots)), new(method), new(InContextWords.Of(layout)), new(InContextWords.Of(loss)), new(Whole(depth.Layers)), new(
                           Whole(depth.Steps)),
                       .. plan.Tasks.Select(
                           task => new ReportCell(InContextWords.Percent(SettingsOf(report.Result, method, loss, depth).Select(setting => AccuracyOf(
                               report.Result, calibration, new RunKey(method, task.Data.Name, shots, 0, layout, loss, setting, Draw.Evaluation), task))
                           .MaxBy(accuracy => double.IsNaN(accuracy.Mean) ? -1 : accuracy.Mean)!))),
                   ]),
            ]);
        }

        return new ReportTable(
            $"Settings ({InContextWords.Of(calibration)} scores)", columns, groups, ["The best of the learning rates on the evaluation draw, on which it was found: no estimate of what it gives on other texts."]);
    }

    private static IEnumerable<InnerSetting> SettingsOf(InContextResult result, string method, PromptLoss loss, (int Layers, int Steps) depth) =>
        result.Runs.Where(run => run.Key.Method == method && run.Key.Loss == loss).Select(run => run.Key.Setting).OfType<InnerSetting>()
            .Where(setting => (setting.Layers, setting.Steps) == depth).Distinct();

    private static Accuracy AccuracyOf(InContextResult result, Calibration calibration, RunKey key, PlannedTask task) => new(
    [
        .. task.Demonstrations.Where(set => set.Shots == key.Shots).Select(
            set => result.Find(key with { TrainSeed = set.Seed })!.Predict(calibration).Accuracy),
    ]);

    private static ReportRow Row(InContextRow row, InContextRow[] group, InContextResult result)
    {
        bool best = IsBestOfAll(row, result);
        List<ReportCell> cells =
        [
            new(InContextWords.Of(row.Calibration)), new(Whole(row.Shots)), new(row.Method),
            new(best ? "best" : row.Layout is { } layout ? InContextWords.Of(layout) : "–"), new(
                best ? "of all" : row.Loss is { } loss ? InContextWords.Of(loss) : "–"),
        ];
        for (int task = 0; task < row.Tasks.Count; task++)
            cells.Add(Cell(row.Tasks[task], group.Max(other => other.Tasks[task].Mean)));
        if (result.Plan.Tasks.Count > 1)
            cells.Add(Cell(row.Average, group.Max(other => other.Average.Mean)));
        cells.Add(new ReportCell(InContextWords.Points(row.Gain)));
        return new ReportRow(cells);
    }

    /// <summary>Whether a row takes the best layout and loss of a method that learns.</summary>
    internal static bool IsBestOfAll(InContextRow row, InContextResult result) => row is { Layout: null, Loss: null } && result.Methods.Contains(row.Method);

    private static ReportCell Cell(Accuracy accuracy, double best) => new(
        InContextWords.Percent(accuracy), accuracy.Diverged > 0 ? CellEmphasis.Warning : accuracy.Mean >= best ? CellEmphasis.Best : CellEmphasis.None);

    private static List<string> Notes(InContextReport report)
    {
        InContextPlan plan = report.Result.Plan;
        InContextOptions options = plan.Options;
        int count = plan.Tasks[0].Test.Count;
        string queries = $"{Whole(count)} {(count == 1 ? "query" : "queries")} a task";
        List<string> notes =
        [
            options.Selection == Selection.HeldOut
                ? $"{queries} (seed {Whole(options.TestSeed)}); settings were chosen on {Whole(count)} others (seed {Whole(options.EvaluationSeed)}), once for all seeds."
                : $"{queries} (seed {Whole(options.EvaluationSeed)}); settings were chosen on the same queries, seed by seed, as the authors did: the numbers are too good.",
        ];
        int seeds = options.Shots.Any(shots => shots > 0) ? options.TrainSeeds.Count : 1;
        if (seeds > 1)
            notes.Add($"Mean ± standard deviation over {Whole(seeds)} sets of demonstrations.");
        notes.Add("Gain: percentage points over the auxiliary model with as many demonstrations [95% confidence interval, paired over queries].");
        if (InContextRows.Of(report.Result).Any(row => IsBestOfAll(row, report.Result)))
            notes.Add(
                "'best of all' takes the best layout and loss for each task and seed on the reported queries, as the paper's headline does: an upper bound.");
        if (options.Shots.Contains(0) && !options.Losses.Contains(PromptLoss.Context))
            notes.Add("Without demonstrations there is no label to learn from, so that the label loss leaves the auxiliary model as it is.");
        foreach (PlannedTask task in plan.Tasks)
        {
            foreach (DemonstrationSet set in task.Demonstrations.Where(set => set.Dropped > 0))
                notes.Add($"{task.Data.Name}, seed {Whole(set.Seed)}: {Whole(set.Dropped)} of {Whole(set.Shots)} demonstrations were left out to fit {Whole(plan.MaxTokens)} tokens.");
        }

        string[] collapsed =
        [
            .. from run in report.Result.Runs
               where run.Key.Draw == plan.Reported && run.Key.Method == InContextEvaluator.Auxiliary
               let predictions = run.Predict(Calibration.Plain)
               from label in Enumerable.Range(0, run.ClassCount)
               where predictions.Predicted(label) > 0.95
               select $"{run.Key.Task} ({Whole(run.Key.Shots)} shots, {InContextWords.Of(run.Key.Layout)}, seed {Whole(run.Key.TrainSeed)})",
        ];
        if (collapsed.Length > 0)
            notes.Add($"The auxiliary model gives nearly all queries one label in {string.Join(", ", collapsed.Take(3))}{(collapsed.Length > 3 ? $" and {Whole(collapsed.Length - 3)} more runs" : "")}.");
        return notes;
    }

    private static string Whole(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
