using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using TinT.Evaluation.InContext.Protocol;

namespace TinT.Cli.Rendering;

/// <summary>How many queries of an in-context evaluation are scored: a bar with the time left on a terminal, else a line for each tenth.</summary>
internal sealed class QueryProgress : IProgress<InContextProgress>
{
    private readonly Action<InContextProgress, string> show;
    private readonly Stopwatch watch = Stopwatch.StartNew();

    private QueryProgress(Action<InContextProgress, string> show) => this.show = show;

    /// <summary>Shows a bar while work runs and removes it afterwards.</summary>
    /// <param name="console">The terminal.</param>
    /// <param name="work">The work, given the bar.</param>
    public static T RunWithBar<T>(IAnsiConsole console, Func<IProgress<InContextProgress>, T> work)
    {
        TextColumn state = new();
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), state)
            .Start(context =>
            {
                ProgressTask task = context.AddTask("starting");
                return work(new QueryProgress((progress, text) =>
                {
                    task.MaxValue = progress.Total;
                    task.Value = progress.Done;
                    task.Description = Markup.Escape(RunOf(progress));
                    state.Text = text;
                }));
            });
    }

    /// <summary>Writes a line for each tenth of the work.</summary>
    /// <param name="writer">Where they go.</param>
    public static IProgress<InContextProgress> WithLines(TextWriter writer)
    {
        long told = 0;
        return new QueryProgress((progress, text) =>
        {
            long tenths = 10 * progress.Done / progress.Total;
            if (tenths <= told)
                return;
            told = tenths;
            writer.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{10 * tenths}%: {progress.Done:N0} of {progress.Total:N0} queries, {text} ({RunOf(progress)})"));
        });
    }

    /// <inheritdoc/>
    public void Report(InContextProgress value)
    {
        string left = value.Done == 0
            ? "…"
            : (watch.Elapsed * ((double)(value.Total - value.Done) / value.Done)).ToString("h':'mm':'ss", CultureInfo.InvariantCulture);
        show(value, $"{left} left");
    }

    private static string RunOf(InContextProgress progress) =>
        string.Create(CultureInfo.InvariantCulture, $"{progress.Run.Task}, {progress.Run.Shots} shots, {progress.Run.Method}");
}
