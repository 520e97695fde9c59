using System.Globalization;
using TinT.Evaluation.InContext.Prompts;
using TinT.Evaluation.InContext.Protocol;
using TinT.Reports.Tables;

namespace TinT.Cli.Jobs;

/// <summary>What an in-context evaluation will do, counted.</summary>
internal static class InContextCounts
{
    /// <summary>The table: tokens, runs and forward or backward passes, with the passes of the same grid run query by query beside.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="exact">Whether exact SGD runs too.</param>
    public static ReportTable Table(InContextPlan plan, bool exact)
    {
        List<ReportRow> rows = [];
        long allPasses = 0;
        long allNaive = 0;
        foreach (PlannedTask task in plan.Tasks)
        {
            foreach (DemonstrationSet[] sets in task.Demonstrations.GroupBy(set => set.Shots).Select(group => group.ToArray()))
            {
                int shots = sets[0].Shots;
                long queries = task.Evaluation.Count + 1;
                long runs = 0;
                long passes = sets.Length * plan.LayoutsOf(shots).Count * plan.Draws.Count * queries;
                long naive = 0;
                foreach (PromptLoss loss in plan.LossesOf(shots))
                {
                    foreach (InnerSetting setting in plan.SettingsOf(loss))
                    {
                        long of = sets.Length * plan.LayoutsOf(shots).Count;
                        long alone = queries * PassesOf(setting);
                        long shared = PassesOf(setting) - 1 + queries;
                        long here = loss == PromptLoss.Label ? shared : alone;
                        runs += exact ? 2 * of : of;
                        naive += (exact ? 2 * of : of) * alone;
                        passes += of * (here + (!exact ? 0 : plan.Options.Authors ? shared : here));
                    }
                }

                allPasses += passes;
                allNaive += naive;
                rows.Add(new ReportRow(
                [
                    new(task.Data.Name), new(Whole(shots)), new(Whole(sets.Length)), new(Whole(sets.Max(set => set.LongestPrompt))), new(
                        Whole(sets.Max(set => set.Dropped))),
                    new(Whole(runs)), new(Whole(passes)), new(Whole(naive)),
                ]));
            }
        }

        return new ReportTable(
            "What will be run on the evaluation draw",
            [
                new("task", false), new("shots", true), new("sets", true), new("longest prompt", true), new("left out", true), new("runs", true), new(
                    "passes", true),
                new("query by query", true),
            ],
            [rows],
            [
                string.Create(CultureInfo.InvariantCulture, $"{plan.MaxTokens:N0} tokens fit. {Whole(allPasses)} passes over a prompt instead of {Whole(allNaive)} query by query, {(double)allNaive / Math.Max(1, allPasses):0.0} times fewer."),
                "A pass goes forward or backward through the model once; the chosen settings then run on the reported queries too.",
            ]);
    }

    /// <summary>Forward and backward passes of a run: one of each for every step, and the last forward.</summary>
    private static int PassesOf(InnerSetting setting) => (2 * setting.Steps) + 1;

    private static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
