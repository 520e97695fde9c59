using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using TinT.Literal.Export;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Rendering;

/// <summary>How many bytes are written or loaded: a bar with rate and time left on a terminal, else a line for each tenth if it is much.</summary>
internal sealed class ByteProgress : IProgress<ExportProgress>, IProgress<LoadingProgress>
{
    private const double Gigabyte = 1e9;

    /// <summary>Less is done before anybody asks.</summary>
    public const long LeastBytesTold = 100_000_000;

    private readonly Action<long, long, string> show;
    private readonly Stopwatch watch = Stopwatch.StartNew();

    private ByteProgress(Action<long, long, string> show) => this.show = show;

    /// <summary>Shows a bar while work runs and removes it afterwards.</summary>
    /// <param name="console">The terminal.</param>
    /// <param name="what">What is done, such as <c>writing</c>.</param>
    /// <param name="work">The work, given the bar.</param>
    public static T RunWithBar<T>(IAnsiConsole console, string what, Func<ByteProgress, T> work)
    {
        TextColumn state = new();
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), state)
            .Start(context =>
            {
                ProgressTask task = context.AddTask(what);
                return work(new ByteProgress((done, total, text) =>
                {
                    task.MaxValue = total;
                    task.Value = done;
                    state.Text = text;
                }));
            });
    }

    /// <summary>Writes a line for each tenth of the work.</summary>
    /// <param name="writer">Where they go.</param>
    /// <param name="what">What is done, such as <c>writing</c>.</param>
    public static ByteProgress WithLines(TextWriter writer, string what)
    {
        long told = 0;
        return new ByteProgress((done, total, text) =>
        {
            long tenths = 10 * done / total;
            if (tenths <= told || total < LeastBytesTold)
                return;
            told = tenths;
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} {10 * tenths}%: {text}"));
        });
    }

    /// <inheritdoc/>
    public void Report(ExportProgress value) => Report(value.WrittenBytes, value.TotalBytes);

    /// <inheritdoc/>
    public void Report(LoadingProgress value) => Report(value.LoadedBytes, value.TotalBytes);

    private void Report(long done, long total)
    {
        double rate = done / Math.Max(watch.Elapsed.TotalSeconds, 1e-3);
        TimeSpan left = TimeSpan.FromSeconds(Math.Ceiling((total - done) / Math.Max(rate, 1)));
        show(done, total, string.Create(
            CultureInfo.InvariantCulture,
            $"{done / Gigabyte:0.00} of {total / Gigabyte:0.00} GB, {rate / Gigabyte:0.00} GB/s, {(int)left.TotalMinutes}:{left:ss} left"));
    }
}
