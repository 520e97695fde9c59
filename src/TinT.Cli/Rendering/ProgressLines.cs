using System.Globalization;
using TinT.Evaluation.Perplexity;

namespace TinT.Cli.Rendering;

/// <summary>Progress as plain lines, one for the first block and one for each tenth of the work.</summary>
internal sealed class ProgressLines : IProgress<EvaluationProgress>
{
    private readonly TextWriter writer;
    private readonly int tokensPerRun;
    private int tenthsTold = -1;

    /// <summary>Creates the lines.</summary>
    /// <param name="writer">Where they go.</param>
    /// <param name="tokensPerRun">Tokens in each block run.</param>
    public ProgressLines(TextWriter writer, int tokensPerRun)
    {
        this.writer = writer;
        this.tokensPerRun = tokensPerRun;
    }

    /// <inheritdoc/>
    public void Report(EvaluationProgress value)
    {
        int tenths = (int)(10 * value.Done / value.Total);
        if (tenths <= tenthsTold)
            return;
        tenthsTold = tenths;
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{100 * value.Done / value.Total}%: {value.Done:N0} of {value.Total:N0} block runs, {ProgressText.Rate(value.TokensPerSecond)}, {ProgressText.TimeLeft(value, tokensPerRun)} left ({ProgressText.Step(value)}: {ProgressText.Perplexity(value)} so far)"));
    }
}
