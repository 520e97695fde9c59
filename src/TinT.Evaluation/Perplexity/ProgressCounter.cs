using TinT.Evaluation.Logs;

namespace TinT.Evaluation.Perplexity;

/// <summary>Counts block runs and tells how fast they go.</summary>
internal sealed class ProgressCounter
{
    private readonly long total;
    private readonly int blockSize;
    private readonly IProgress<EvaluationProgress>? progress;
    private readonly TimeProvider timeProvider;
    private readonly long started;
    private long done;

    /// <summary>Creates a counter and starts its clock.</summary>
    public ProgressCounter(long total, int blockSize, IProgress<EvaluationProgress>? progress, TimeProvider timeProvider)
    {
        this.total = total;
        this.blockSize = blockSize;
        this.progress = progress;
        this.timeProvider = timeProvider;
        started = timeProvider.GetTimestamp();
    }

    /// <summary>Time since the counter was created.</summary>
    public TimeSpan Elapsed => timeProvider.GetElapsedTime(started);

    /// <summary>Counts block runs, and tells.</summary>
    /// <param name="runs">How many.</param>
    /// <param name="plan">What is run.</param>
    /// <param name="last">The last of them.</param>
    /// <param name="log">Finished runs.</param>
    public void Add(int runs, PerplexityPlan plan, BlockKey last, IRunLog<BlockKey, BlockRun> log)
    {
        done += runs;
        double seconds = Elapsed.TotalSeconds;
        double tokensPerSecond = seconds > 0 ? done * blockSize / seconds : 0;
        double[] losses =
        [
            .. Enumerable.Range(0, last.Block + 1).Select(block => log.Find(last with { Block = block })?.LossAfter).OfType<double>(),
        ];
        double perplexity = new BlockLosses(losses, plan.SplitOf(last.Point).ScoredTokens).Perplexity;
        progress?.Report(new EvaluationProgress(done, total, tokensPerSecond, last.Method, last.Point.TrainFraction, last.Point.LearningRate, perplexity));
    }
}
