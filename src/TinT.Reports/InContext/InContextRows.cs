using TinT.Evaluation.InContext.Prompts;
using TinT.Evaluation.InContext.Protocol;

namespace TinT.Reports.InContext;

/// <summary>The rows of the main table: the auxiliary model and each method in its chosen settings, on the reported draw.</summary>
public static class InContextRows
{
    /// <summary>The rows, calibrations outermost, then shots, then methods.</summary>
    /// <param name="result">The evaluation.</param>
    public static IReadOnlyList<InContextRow> Of(InContextResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return
        [
            .. from calibration in result.Plan.Calibrations
               from shots in result.Plan.Options.Shots
               from row in OfShots(result, calibration, shots)
               select row,
        ];
    }

    /// <summary>The layout by which the auxiliary model is scored: alone, a query sees no demonstrations.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="shots">Demonstrations.</param>
    public static PromptLayout AuxiliaryLayout(InContextPlan plan, int shots)
    {
        ArgumentNullException.ThrowIfNull(plan);
        IReadOnlyList<PromptLayout> layouts = plan.LayoutsOf(shots);
        return layouts.Contains(PromptLayout.Joint) ? PromptLayout.Joint : layouts[0];
    }

    /// <summary>Whether tables show a run, by one way to compare scores.</summary>
    internal static bool IsChosen(InContextResult result, RunKey key, Calibration calibration) => key.Draw == result.Plan.Reported
        && (key.Setting is null || result.Choices.Any(
            choice => choice.Calibration == calibration && InContextEvaluator.ReportedKeys(result.Plan, choice).Contains(key)));

    private static IEnumerable<InContextRow> OfShots(InContextResult result, Calibration calibration, int shots)
    {
        InContextPlan plan = result.Plan;
        PromptLayout layout = AuxiliaryLayout(plan, shots);
        InContextRun[][] Scored(string model) =>
            [.. plan.Tasks.Select(task => SetsOf(task, shots).Select(set => Scores(result, model, task, set, layout)).ToArray())];
        InContextRun[][] auxiliary = Scored(InContextEvaluator.Auxiliary);
        yield return Row(calibration, shots, InContextEvaluator.Auxiliary, shots == 0 ? null : layout, null, auxiliary, null);
        foreach (string other in result.Others)
            yield return Row(calibration, shots, other, shots == 0 ? null : layout, null, Scored(other), auxiliary);
        foreach (string method in result.Methods)
        {
            List<InContextRun[][]> settings = [];
            foreach (PromptLayout each in plan.LayoutsOf(shots))
            {
                foreach (PromptLoss loss in plan.LossesOf(shots))
                {
                    InContextRun[][] runs =
                        [.. plan.Tasks.Select(task => SetsOf(task, shots).Select(set => Chosen(result, calibration, method, task, set, each, loss)).ToArray())];
                    settings.Add(runs);
                    yield return Row(calibration, shots, method, shots == 0 ? null : each, loss, runs, auxiliary);
                }
            }

            if (settings.Count > 1)
                yield return Row(calibration, shots, method, null, null, BestOf(settings, calibration), auxiliary);
        }
    }

    private static IEnumerable<DemonstrationSet> SetsOf(PlannedTask task, int shots) => task.Demonstrations.Where(set => set.Shots == shots);

    private static InContextRun Scores(InContextResult result, string model, PlannedTask task, DemonstrationSet set, PromptLayout layout) =>
        result.Find(new RunKey(model, task.Data.Name, set.Shots, set.Seed, layout, null, null, result.Plan.Reported))!;

    private static InContextRun Chosen(
        InContextResult result, Calibration calibration, string method, PlannedTask task, DemonstrationSet set, PromptLayout layout, PromptLoss loss)
    {
        Choice choice = result.Choices.First(choice => choice.Method == method && choice.Task == task.Data.Name && choice.Shots == set.Shots
            && (choice.TrainSeed ?? set.Seed) == set.Seed && choice.Layout == layout && choice.Loss == loss && choice.Calibration == calibration);
        return result.Find(new RunKey(method, task.Data.Name, set.Shots, set.Seed, layout, loss, choice.Setting, result.Plan.Reported))!;
    }

    /// <summary>For each task and seed the best of several settings.</summary>
    private static InContextRun[][] BestOf(List<InContextRun[][]> settings, Calibration calibration) =>
    [
        .. settings[0].Select((seeds, task) => seeds.Select((_, seed) => settings.Select(runs => runs[task][seed])
            .MaxBy(run => run.Predict(calibration).Accuracy is var accuracy && double.IsNaN(accuracy) ? -1 : accuracy)!).ToArray()),
    ];

    private static InContextRow Row(
        Calibration calibration, int shots, string method, PromptLayout? layout, PromptLoss? loss, InContextRun[][] runs, InContextRun[][]? auxiliary)
    {
        Accuracy[] tasks = [.. runs.Select(seeds => new Accuracy([.. seeds.Select(run => run.Predict(calibration).Accuracy)]))];
        Gain? gain = auxiliary is null
            ? null
            : Gain.Of(
                from task in Enumerable.Range(0, runs.Length)
                from seed in Enumerable.Range(0, runs[task].Length)
                let run = runs[task][seed]
                select (run.Key.Task, run.Rows, run.Predict(calibration), auxiliary[task][seed].Predict(calibration)));
        return new InContextRow(calibration, shots, method, layout, loss, tasks, Accuracy.MeanOf(tasks), gain);
    }
}
