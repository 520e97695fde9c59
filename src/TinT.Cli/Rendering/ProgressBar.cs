using Spectre.Console;
using TinT.Evaluation.Perplexity;

namespace TinT.Cli.Rendering;

/// <summary>Progress as a bar with rate and time left on a terminal.</summary>
internal sealed class ProgressBar : IProgress<EvaluationProgress>
{
    private const int BarWidth = 20;

    private readonly ProgressTask task;
    private readonly TextColumn perplexity;
    private readonly TextColumn rate;
    private readonly TextColumn timeLeft;
    private readonly int tokensPerRun;

    private ProgressBar(ProgressTask task, TextColumn perplexity, TextColumn rate, TextColumn timeLeft, int tokensPerRun)
    {
        this.task = task;
        this.perplexity = perplexity;
        this.rate = rate;
        this.timeLeft = timeLeft;
        this.tokensPerRun = tokensPerRun;
    }

    /// <summary>Shows a bar while work runs and removes it afterwards.</summary>
    /// <param name="console">The terminal.</param>
    /// <param name="tokensPerRun">Tokens in each block run.</param>
    /// <param name="work">The work, given the bar.</param>
    public static T Run<T>(IAnsiConsole console, int tokensPerRun, Func<IProgress<EvaluationProgress>, T> work)
    {
        TextColumn perplexity = new();
        TextColumn rate = new();
        TextColumn timeLeft = new();
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = BarWidth }, new PercentageColumn(), perplexity, rate, timeLeft)
            .Start(context => work(new ProgressBar(context.AddTask("starting"), perplexity, rate, timeLeft, tokensPerRun)));
    }

    /// <inheritdoc/>
    public void Report(EvaluationProgress value)
    {
        task.MaxValue = value.Total;
        task.Value = value.Done;
        task.Description = Markup.Escape(ProgressText.Step(value));
        perplexity.Text = ProgressText.Perplexity(value);
        rate.Text = ProgressText.Rate(value.TokensPerSecond);
        timeLeft.Text = $"{ProgressText.TimeLeft(value, tokensPerRun)} left";
    }
}
