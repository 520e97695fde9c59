using TinT.Cli.Rendering;
using TinT.Evaluation.Perplexity;

namespace TinT.Cli.Tests.Rendering;

public sealed class ProgressTextTests
{
    [Theory]
    [InlineData(100, 64, "0:00")]
    [InlineData(99, 64, "0:01")]
    [InlineData(40, 64, "1:00")]
    [InlineData(0, 0.5, "3:33:20")]
    [InlineData(0, 0.0001, "unknown")]
    [InlineData(0, 0, "unknown")]
    public void Time_left_is_that_of_the_remaining_runs_at_the_rate_so_far(long done, double tokensPerSecond, string expected)
    {
        EvaluationProgress progress = new(done, 100, tokensPerSecond, "TinT", 0.5, 1e-4, 20);

        Assert.Equal(expected, ProgressText.TimeLeft(progress, tokensPerRun: 64));
    }

    [Fact]
    public void A_step_names_method_fraction_and_learning_rate()
    {
        EvaluationProgress progress = new(0, 1, 1, "TinT", 0.125, 3e-4, 57.5917);

        Assert.Equal("TinT, 12.5% train, lr 3e-4", ProgressText.Step(progress));
        Assert.Equal("perplexity 57.59", ProgressText.Perplexity(progress));
        Assert.Equal("perplexity not finite", ProgressText.Perplexity(progress with { Perplexity = double.NaN }));
        Assert.Equal("12,345 tokens/s", ProgressText.Rate(12345.4));
    }
}
