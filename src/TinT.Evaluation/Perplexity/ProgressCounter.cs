using TinT.Evaluation.Sweeps;

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

    /// <summary>Counts blocks that were run, and tells.</summary>
    /// <param name="blocks">How many.</param>
    /// <param name="run">What ran.</param>
    /// <param name="split">How the blocks were split.</param>
    /// <param name="perplexity">Of the blocks that have run so.</param>
    public void Add(int blocks, PlannedRun run, TrainingSplit split, double perplexity)
    {
        done += blocks;
        double seconds = Elapsed.TotalSeconds;
        double tokensPerSecond = seconds > 0 ? done * blockSize / seconds : 0;
        progress?.Report(new EvaluationProgress(done, total, tokensPerSecond, run.Method.Name, split.TrainFraction, run.Point.LearningRate, perplexity));
    }
}
