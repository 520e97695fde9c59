using System.Diagnostics;
using System.Globalization;
using TinT.Evaluation.InContext.Prompts;
using TinT.Evaluation.InContext.Protocol;
using TinT.Evaluation.InContext.Scoring;
using TinT.Reports.Tables;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Jobs;

/// <summary>What an in-context evaluation will do, counted.</summary>
/// <param name="Task">The task.</param>
/// <param name="Shots">Demonstrations.</param>
/// <param name="Sets">Sets of them.</param>
/// <param name="LongestPrompt">Tokens of the longest prompt.</param>
/// <param name="Dropped">Most demonstrations that are left out of a set.</param>
/// <param name="Runs">Runs that learn.</param>
/// <param name="Passes">Forward and backward passes of the simulator.</param>
/// <param name="ExactPasses">Those of exact SGD.</param>
/// <param name="Tokens">Tokens in the simulator's passes, with what queries share taken once.</param>
/// <param name="ExactTokens">Those of exact SGD.</param>
/// <param name="Alone">Passes of all if every query were run by itself in every setting.</param>
internal sealed record InContextCounts(
    string Task, int Shots, int Sets, int LongestPrompt, int Dropped, long Runs, long Passes, long ExactPasses, long Tokens, long ExactTokens, long Alone)
{
    /// <summary>Runs that are measured: the first are slower while code is compiled.</summary>
    private const int FewestRuns = 2, MostRuns = 100;

    /// <summary>Seconds after which no further run is measured.</summary>
    private const double LongestMeasurement = 3;

    /// <summary>The counts of each task and number of demonstrations.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="exact">Whether exact SGD runs too.</param>
    public static IReadOnlyList<InContextCounts> Of(InContextPlan plan, bool exact) =>
        [.. from task in plan.Tasks from sets in task.Demonstrations.GroupBy(set => set.Shots) select Of(plan, task, [.. sets], exact)];

    /// <summary>The table: tokens, runs and passes, with the passes of the same grid run query by query beside.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="counts">The counts.</param>
    public static ReportTable Table(InContextPlan plan, IReadOnlyList<InContextCounts> counts)
    {
        long passes = counts.Sum(count => count.Passes + count.ExactPasses);
        long alone = counts.Sum(count => count.Alone);
        return new ReportTable(
            "What will be run on the evaluation draw",
            [
                new("task", false), new("shots", true), new("sets", true), new("longest prompt", true), new("left out", true), new("runs", true), new(
                    "passes", true),
                new("query by query", true),
            ],
            [[.. counts.Select(count => new ReportRow(
            [
                new(count.Task), new(Whole(count.Shots)), new(Whole(count.Sets)), new(Whole(count.LongestPrompt)), new(Whole(count.Dropped)),
                new(Whole(count.Runs)), new(Whole(count.Passes + count.ExactPasses)), new(Whole(count.Alone)),
            ]))]],
            [
                string.Create(CultureInfo.InvariantCulture, $"{plan.MaxTokens:N0} tokens fit. {Whole(passes)} passes over a prompt instead of {Whole(alone)} query by query, {(double)alone / Math.Max(1, passes):0.0} times fewer."),
                "A pass goes forward or backward through the model once; settings and queries share some of them, and the chosen settings then run on the reported queries too.",
            ]);
    }

    /// <summary>Seconds that a pass takes for each token of a prompt, from the shortest of some runs of a prompt; the first ones warm up.</summary>
    /// <param name="simulator">The simulator.</param>
    /// <param name="plan">The plan.</param>
    public static double SecondsPerToken(ISimulator simulator, InContextPlan plan)
    {
        PlannedTask task = plan.Tasks[0];
        DemonstrationSet set = task.Demonstrations.MaxBy(each => each.LongestPrompt)!;
        QueryPrompts query = plan.BuilderOf(task.Data, PromptLayout.Joint, PromptLoss.Context).BuildAll(set.Texts, task.Data.Test.Rows[task.Evaluation[0]].Text);
        RunOptions options = new() { Steps = plan.Depths[0].Steps, TrainedLayers = plan.Depths[0].Layers };
        double shortest = double.PositiveInfinity;
        long begin = Stopwatch.GetTimestamp();
        for (int run = 0; run < FewestRuns || (run < MostRuns && Stopwatch.GetElapsedTime(begin).TotalSeconds < LongestMeasurement); run++)
        {
            long start = Stopwatch.GetTimestamp();
            PromptScorer.Run(simulator, query, options);
            shortest = Math.Min(shortest, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return shortest / PassesOf(plan.Depths[0].Steps) / query.Prompts.Sum(prompt => prompt.TokenCount);
    }

    /// <summary>The longest that passes take, with those on the reported queries: as if all prompts had the length of the longest and settings shared nothing.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="counts">The counts.</param>
    /// <param name="simulator">Seconds for each token of the simulator's passes.</param>
    /// <param name="exact">Those of exact SGD.</param>
    public static TimeSpan Longest(InContextPlan plan, IReadOnlyList<InContextCounts> counts, double simulator, double exact)
    {
        double reported = plan.Draws.Count > 1 ? 1 + (1.0 / plan.Options.Losses.Max(loss => plan.SettingsOf(loss).Count)) : 1;
        return TimeSpan.FromSeconds(reported * counts.Sum(count => (count.Tokens * simulator) + (count.ExactTokens * exact)));
    }

    private static InContextCounts Of(InContextPlan plan, PlannedTask task, DemonstrationSet[] sets, bool exact)
    {
        int shots = sets[0].Shots;
        long queries = task.Evaluation.Count + 1;
        long of = sets.Length * plan.LayoutsOf(shots).Count;
        long runs = 0;
        long passes = of * plan.Draws.Count * queries;
        long exactPasses = 0;
        long longest = sets.Max(set => set.LongestPrompt);
        long scored = ScoredTokens(plan, task, shots, longest, queries) * sets.Length;
        long tokens = scored * plan.Draws.Count;
        long exactTokens = 0;
        long naive = 0;
        foreach (PromptLoss loss in plan.LossesOf(shots))
        {
            foreach (InnerSetting setting in plan.SettingsOf(loss))
            {
                long alone = queries * PassesOf(setting.Steps);
                long once = PassesOf(setting.Steps) - 1 + queries;
                runs += exact ? 2 * of : of;
                naive += (exact ? 2 * of : of) * alone;
                passes += of * (loss == PromptLoss.Label ? once : alone);
                long onceTokens = (of * (PassesOf(setting.Steps) - 1) * longest) + scored;
                tokens += loss == PromptLoss.Label ? onceTokens : of * alone * longest;
                exactTokens += !exact ? 0 : loss == PromptLoss.Label || plan.Options.Authors ? onceTokens : of * alone * longest;
                exactPasses += !exact ? 0 : of * (loss == PromptLoss.Label || plan.Options.Authors ? once : alone);
            }
        }

        return new InContextCounts(
            task.Data.Name, shots, sets.Length, sets.Max(set => set.LongestPrompt), sets.Max(set => set.Dropped), runs, passes, exactPasses, tokens, exactTokens, naive);
    }

    /// <summary>Tokens that run to score all queries once behind a set in each layout: alone, or as many as fit behind the demonstrations.</summary>
    private static long ScoredTokens(InContextPlan plan, PlannedTask task, int shots, long longest, long queries)
    {
        PromptBuilder builder = plan.BuilderOf(task.Data, PromptLayout.Separate, PromptLoss.Context);
        long own = task.Evaluation.Max(row => builder.BuildAll([], task.Data.Test.Rows[row].Text).Prompts.Sum(prompt => prompt.TokenCount));
        long shared = Math.Max(0, longest - own);
        long together = Math.Max(1, (plan.MaxTokens - shared) / own);
        return plan.LayoutsOf(shots).Sum(layout => (queries * own) + (layout == PromptLayout.Joint ? shared * ((queries + together - 1) / together) : 0));
    }

    /// <summary>Forward and backward passes of a run: one of each for every step, and the last forward.</summary>
    private static int PassesOf(int steps) => (2 * steps) + 1;

    private static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
