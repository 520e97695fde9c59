using System.Globalization;
using TinT.Evaluation.InContext.Prompts;
using TinT.Evaluation.InContext.Protocol;
using TinT.Reports.InContext;

namespace TinT.Cli.Jobs;

/// <summary>What the table of an in-context evaluation shows of each task, in sentences that follow from its numbers.</summary>
internal static class InContextSummary
{
    /// <summary>97.5th percentile of the standard normal distribution.</summary>
    private const double Normal = 1.959964;

    /// <summary>For each task and number of demonstrations what the auxiliary model gets right, and what the inner step of each setting changes.</summary>
    /// <param name="result">The evaluation.</param>
    public static IEnumerable<string> Describe(InContextResult result)
    {
        foreach (PlannedTask task in result.Plan.Tasks)
        {
            foreach (int shots in result.Plan.Options.Shots)
            {
                foreach (Calibration calibration in result.Plan.Calibrations)
                {
                    InContextRun[] auxiliary = [.. AuxiliaryOf(result, task, shots)];
                    yield return $"{task.Data.Name}, {Demonstrations(shots)}: the auxiliary model labels {Right(auxiliary, calibration)}.";
                    foreach (var choices in result.Choices
                        .Where(choice => choice.Task == task.Data.Name && choice.Shots == shots && choice.Calibration == calibration)
                        .GroupBy(choice => (choice.Method, choice.Layout, choice.Loss)))
                        yield return $"  {Change(result, [.. choices], auxiliary)}";
                }
            }
        }
    }

    /// <summary>The auxiliary model's runs, one for each set of demonstrations, which it sees if any layout shows them.</summary>
    private static IEnumerable<InContextRun> AuxiliaryOf(InContextResult result, PlannedTask task, int shots)
    {
        PromptLayout layout = InContextRows.AuxiliaryLayout(result.Plan, shots);
        return task.Demonstrations.Where(set => set.Shots == shots).Select(set => result.Find(
            new RunKey(InContextEvaluator.Auxiliary, task.Data.Name, shots, set.Seed, layout, null, null, result.Plan.Reported))!);
    }

    private static string Demonstrations(int shots) =>
        shots == 0 ? "no demonstrations" : string.Create(CultureInfo.InvariantCulture, $"{shots} demonstrations");

    private static string Right(InContextRun[] runs, Calibration calibration)
    {
        double accuracy = runs.Average(run => run.Predict(calibration).Accuracy);
        double error = Normal * Math.Sqrt(accuracy * (1 - accuracy) / runs[0].Rows.Count);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{100 * accuracy:0.0}% right [{100 * Math.Max(0, accuracy - error):0.0}, {100 * Math.Min(1, accuracy + error):0.0}] of {runs[0].Rows.Count} queries ({InContextWords.Of(calibration)} scores)");
    }

    /// <summary>What a method changes in a layout and loss, in the setting that was chosen for all seeds or in those that were for each.</summary>
    private static string Change(InContextResult result, Choice[] choices, InContextRun[] auxiliary)
    {
        Choice first = choices[0];
        Gain? gain = Gain.Of(
            from choice in choices
            from key in InContextEvaluator.ReportedKeys(result.Plan, choice)
            let run = result.Find(key)!
            let other = auxiliary.First(each => each.Key.TrainSeed == key.TrainSeed)
            select (key.Task, run.Rows, run.Predict(first.Calibration), other.Predict(first.Calibration)));
        return $"{first.Method}, {InContextWords.Of(first.Layout)}, {InContextWords.Of(first.Loss)} loss: {InContextWords.Points(gain)} points, {Verdict(gain!)}.";
    }

    /// <summary>What an interval says: a step helps or harms only if zero lies outside.</summary>
    private static string Verdict(Gain gain) => gain switch
    {
        { Low: > 0 } => "it helps",
        { High: < 0 } => "it harms",
        { Mean: 0, Low: 0, High: 0 } => "no prediction changes for better or worse",
        _ => "no difference that so many queries would show",
    };
}
