using Spectre.Console;
using TinT.Literal.Export;
using TinT.Reports.Tables;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Rendering;

/// <summary>Where results and, apart from them, progress and errors go.</summary>
/// <remarks>Terminals get styles and a progress bar; files and pipes get plain lines without control sequences.</remarks>
public sealed class TintConsole
{
    private readonly StandardStream stream;
    private readonly IAnsiConsole error;
    private IAnsiConsole output;

    /// <summary>Creates a console.</summary>
    /// <param name="output">Results.</param>
    /// <param name="stream">Where <paramref name="output"/> writes to.</param>
    /// <param name="error">Progress and errors.</param>
    internal TintConsole(IAnsiConsole output, StandardStream stream, IAnsiConsole error)
    {
        this.output = output;
        this.stream = stream;
        this.error = error;
    }

    /// <summary>Why results did not all arrive; <see langword="null"/> as long as they do.</summary>
    internal IOException? OutputFailure => stream.Failure;

    /// <summary>Plain results.</summary>
    internal TextWriter OutputWriter => output.Profile.Out.Writer;

    /// <summary>Plain progress and errors.</summary>
    internal TextWriter ErrorWriter => error.Profile.Out.Writer;

    /// <summary>Columns to write help in.</summary>
    internal int HelpWidth => output.Profile.Out.IsTerminal ? Math.Clamp(output.Profile.Width, 60, 120) : 100;

    /// <summary>The standard output and error of this process.</summary>
    public static TintConsole ForProcess()
    {
        StandardStream output = StandardStream.Output();
        Console.SetOut(output.CreateWriter());
        Console.SetError(StandardStream.Error().CreateWriter());
        return new TintConsole(Create(Console.Out), output, Create(Console.Error));
    }

    /// <summary>Keeps the results' place free for a report: what else would have been there goes where progress and errors go.</summary>
    internal void ReserveOutput() => output = error;

    /// <summary>Writes a report where results go.</summary>
    /// <param name="write">Writes it.</param>
    internal void WriteReport(Action<Stream> write) => write(stream);

    /// <summary>Writes a line of a result.</summary>
    internal void WriteLine(string text = "") => OutputWriter.WriteLine(text);

    /// <summary>Writes a line that is not part of the result.</summary>
    internal void WriteErrorLine(string text) => ErrorWriter.WriteLine(text);

    /// <summary>Writes a table.</summary>
    internal void Write(ReportTable table)
    {
        if (output.Profile.Out.IsTerminal)
            StyledTable.Write(output, table);
        else
            OutputWriter.Write(PlainTextTable.Format(table));
    }

    /// <summary>Whether results can be shown anew in the same place.</summary>
    internal bool IsLive => output.Profile.Out.IsTerminal && output.Profile.Capabilities.Interactive;

    /// <summary>Shows a table again and again in the same place.</summary>
    /// <param name="table">Makes it.</param>
    /// <param name="ends">Waits a while; whether the table shown was the last.</param>
    internal void WriteLive(Func<ReportTable> table, Func<bool> ends) => output.Live(StyledTable.Whole(table(), output.Profile.Width)).Start(live =>
    {
        while (!ends())
            live.UpdateTarget(StyledTable.Whole(table(), output.Profile.Width));
    });

    /// <summary>Shows how far work is while it runs.</summary>
    /// <param name="tokensPerRun">Tokens in each block run.</param>
    /// <param name="work">The work, given where to tell.</param>
    internal T WithProgress<T>(int tokensPerRun, Func<IProgress<Evaluation.Perplexity.EvaluationProgress>, T> work) =>
        error.Profile.Out.IsTerminal && error.Profile.Capabilities.Interactive
            ? ProgressBar.Run(error, tokensPerRun, work)
            : work(new ProgressLines(ErrorWriter, tokensPerRun));

    /// <summary>Shows how much is written while work runs.</summary>
    /// <param name="work">The work, given where to tell.</param>
    internal T WithProgress<T>(Func<IProgress<ExportProgress>, T> work) => WithBytes("writing", work);

    /// <summary>Shows how much is loaded while work runs, if it is much.</summary>
    /// <param name="bytes">Bytes to load.</param>
    /// <param name="work">The work, given where to tell.</param>
    internal T WithLoading<T>(long bytes, Func<IProgress<LoadingProgress>?, T> work) =>
        bytes < ByteProgress.LeastBytesTold ? work(null) : WithBytes("loading", work);

    private T WithBytes<T>(string what, Func<ByteProgress, T> work) =>
        error.Profile.Out.IsTerminal && error.Profile.Capabilities.Interactive
            ? ByteProgress.RunWithBar(error, what, work)
            : work(ByteProgress.WithLines(ErrorWriter, what));

    /// <summary>Shows how many queries are scored while work runs.</summary>
    /// <param name="work">The work, given where to tell.</param>
    internal T WithQueryProgress<T>(Func<IProgress<Evaluation.InContext.Protocol.InContextProgress>, T> work) =>
        error.Profile.Out.IsTerminal && error.Profile.Capabilities.Interactive
            ? QueryProgress.RunWithBar(error, work)
            : work(QueryProgress.WithLines(ErrorWriter));

    private static IAnsiConsole Create(TextWriter writer) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
}
