using TinT.Evaluation.Logs;
using TinT.Evaluation.Sweeps;

namespace TinT.Evaluation.Perplexity;

/// <summary>What a perplexity evaluation found.</summary>
public sealed class PerplexityResult
{
    private readonly IRunLog<BlockKey, BlockRun> log;

    private PerplexityResult(
        PerplexityPlan plan,
        int totalBlocks,
        IReadOnlyList<int> blocks,
        IReadOnlyList<FractionResult> fractions,
        IRunLog<BlockKey, BlockRun> log,
        TimeSpan elapsed)
    {
        this.log = log;
        Plan = plan;
        TotalBlocks = totalBlocks;
        Blocks = blocks;
        Fractions = fractions;
        Elapsed = elapsed;
    }

    /// <summary>What was run.</summary>
    public PerplexityPlan Plan { get; }

    /// <summary>Blocks of the text.</summary>
    public int TotalBlocks { get; }

    /// <summary>Blocks that every method has run with every setting, which are those that the scores count.</summary>
    public IReadOnlyList<int> Blocks { get; }

    /// <summary>How many they are.</summary>
    public int BlockCount => Blocks.Count;

    /// <summary>Scores in the order of the training fractions.</summary>
    public IReadOnlyList<FractionResult> Fractions { get; }

    /// <summary>Time the evaluation took. Not part of the written reports, which are the same for every run.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>Whether blocks are missing.</summary>
    public bool IsPartial => BlockCount < TotalBlocks;

    /// <summary>The scores of what a log has.</summary>
    /// <param name="plan">What is run.</param>
    /// <param name="totalBlocks">Blocks of the text.</param>
    /// <param name="log">Finished runs.</param>
    /// <param name="elapsed">Time the evaluation took.</param>
    /// <exception cref="EvaluationException">No block is whole.</exception>
    public static PerplexityResult Of(PerplexityPlan plan, int totalBlocks, IRunLog<BlockKey, BlockRun> log, TimeSpan elapsed) =>
        TryOf(plan, totalBlocks, log, elapsed) ?? throw new EvaluationException("No block has been run with every method and setting, so there is nothing to report.");

    /// <summary>The scores of what a log has; <see langword="null"/> if no block is whole.</summary>
    /// <param name="plan">What is run.</param>
    /// <param name="totalBlocks">Blocks of the text.</param>
    /// <param name="log">Finished runs.</param>
    /// <param name="elapsed">Time the evaluation took.</param>
    public static PerplexityResult? TryOf(PerplexityPlan plan, int totalBlocks, IRunLog<BlockKey, BlockRun> log, TimeSpan elapsed)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(log);
        int[] blocks =
        [
            .. Enumerable.Range(0, totalBlocks)
                .Where(block => plan.Methods.All(method => plan.Points.All(point => log.Find(new BlockKey(method, block, point)) is not null))),
        ];
        return blocks.Length == 0
            ? null
            : new PerplexityResult(plan, totalBlocks, blocks, [.. plan.Splits.Select(split => Score(plan, split, blocks, log))], log, elapsed);
    }

    /// <summary>The runs of one method with one setting, block by block.</summary>
    /// <param name="method">Name of the method.</param>
    /// <param name="point">The setting.</param>
    public IEnumerable<BlockRun> Runs(string method, SweepPoint point) => RunsOf(log, Blocks, method, point);

    private static IEnumerable<BlockRun> RunsOf(IRunLog<BlockKey, BlockRun> log, IEnumerable<int> blocks, string method, SweepPoint point) =>
        blocks.Select(block => log.Find(new BlockKey(method, block, point))!);

    private static FractionResult Score(PerplexityPlan plan, TrainingSplit split, int[] blocks, IRunLog<BlockKey, BlockRun> log)
    {
        SweepPoint[] points = [.. plan.Points.Where(point => point.TrainFraction == split.TrainFraction)];
        BlockLosses auxiliary = new([.. RunsOf(log, blocks, plan.Methods[^1], points[0]).Select(run => run.LossBefore)], split.ScoredTokens);
        List<MethodScore> scores = [];
        foreach (string method in plan.Methods)
        {
            foreach (SweepPoint point in points)
            {
                BlockLosses losses = new([.. RunsOf(log, blocks, method, point).Select(run => run.LossAfter)], split.ScoredTokens);
                scores.Add(new MethodScore(
                    method, point, losses.Mean, losses.Perplexity, losses.NonFiniteBlocks, losses.ImprovementOver(auxiliary), IsBest: false));
            }
        }

        // The first of equals is the best: MinBy keeps it.
        foreach (IGrouping<string, MethodScore> method in scores.Where(score => !score.IsDiverged).GroupBy(score => score.Method).ToList())
        {
            MethodScore best = method.MinBy(score => score.Perplexity)!;
            scores[scores.IndexOf(best)] = best with { IsBest = true };
        }

        return new FractionResult(
            split,
            (long)split.ScoredTokens * blocks.Length,
            new AuxiliaryScore(auxiliary.Mean, auxiliary.Perplexity, auxiliary.NonFiniteBlocks),
            scores);
    }
}
