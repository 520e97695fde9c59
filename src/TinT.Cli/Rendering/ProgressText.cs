using System.Globalization;
using TinT.Evaluation.Perplexity;

namespace TinT.Cli.Rendering;

/// <summary>Words of progress.</summary>
internal static class ProgressText
{
    /// <summary>What runs now.</summary>
    public static string Step(EvaluationProgress progress) =>
        string.Create(CultureInfo.InvariantCulture, $"{progress.Method}, {progress.TrainFraction:0.##%} train, lr {progress.LearningRate:0.###e-0}");

    /// <summary>Its result so far.</summary>
    public static string Perplexity(EvaluationProgress progress) =>
        double.IsFinite(progress.Perplexity) ? string.Create(CultureInfo.InvariantCulture, $"perplexity {progress.Perplexity:G4}") : "perplexity not finite";

    /// <summary>How fast.</summary>
    public static string Rate(double tokensPerSecond) =>
        string.Create(CultureInfo.InvariantCulture, $"{tokensPerSecond:N0} tokens/s");

    /// <summary>Time for the runs that are left at the rate so far, such as <c>1:05:09</c> or <c>0:12</c>.</summary>
    public static string TimeLeft(EvaluationProgress progress, int tokensPerRun)
    {
        double tokensLeft = (double)(progress.Total - progress.Done) * tokensPerRun;
        double seconds = progress.TokensPerSecond > 0 ? Math.Ceiling(tokensLeft / progress.TokensPerSecond) : double.PositiveInfinity;
        if (seconds > TimeSpan.FromDays(100).TotalSeconds)
            return "unknown";
        TimeSpan left = TimeSpan.FromSeconds(seconds);
        return left.TotalHours < 1
            ? left.ToString(@"m\:ss", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalHours}:{left:mm\\:ss}");
    }
}
