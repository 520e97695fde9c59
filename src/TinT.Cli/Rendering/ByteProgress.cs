using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using TinT.Literal.Export;

namespace TinT.Cli.Rendering;

/// <summary>How much of an export is written: a bar with rate and time left on a terminal, else a line for each tenth if it is much.</summary>
internal sealed class ByteProgress : IProgress<ExportProgress>
{
    private const double Gigabyte = 1e9;

    /// <summary>Less is written before anybody asks.</summary>
    private const long LeastBytesTold = 100_000_000;

    private readonly Action<ExportProgress, string> show;
    private readonly Stopwatch watch = Stopwatch.StartNew();

    private ByteProgress(Action<ExportProgress, string> show) => this.show = show;

    /// <summary>Shows a bar while work runs and removes it afterwards.</summary>
    /// <param name="console">The terminal.</param>
    /// <param name="work">The work, given the bar.</param>
    public static T RunWithBar<T>(IAnsiConsole console, Func<IProgress<ExportProgress>, T> work)
    {
        TextColumn state = new();
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), state)
            .Start(context =>
            {
                ProgressTask task = context.AddTask("writing");
                return work(new ByteProgress((progress, text) =>
                {
                    task.MaxValue = progress.TotalBytes;
                    task.Value = progress.WrittenBytes;
                    state.Text = text;
                }));
            });
    }

    /// <summary>Writes a line for each tenth of the work.</summary>
    /// <param name="writer">Where they go.</param>
    public static IProgress<ExportProgress> WithLines(TextWriter writer)
    {
        long told = 0;
        return new ByteProgress((progress, text) =>
        {
            long tenths = 10 * progress.WrittenBytes / progress.TotalBytes;
            if (tenths <= told || progress.TotalBytes < LeastBytesTold)
                return;
            told = tenths;
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{10 * tenths}%: {text}"));
        });
    }

    /// <inheritdoc/>
    public void Report(ExportProgress value)
    {
        double rate = value.WrittenBytes / Math.Max(watch.Elapsed.TotalSeconds, 1e-3);
        TimeSpan left = TimeSpan.FromSeconds(Math.Ceiling((value.TotalBytes - value.WrittenBytes) / Math.Max(rate, 1)));
        show(value, string.Create(
            CultureInfo.InvariantCulture,
            $"{value.WrittenBytes / Gigabyte:0.00} of {value.TotalBytes / Gigabyte:0.00} GB, {rate / Gigabyte:0.00} GB/s, {(int)left.TotalMinutes}:{left:ss} left"));
    }
}
