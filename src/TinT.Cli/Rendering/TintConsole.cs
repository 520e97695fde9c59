using Spectre.Console;
using TinT.Evaluation.Reports;
using TinT.Literal.Export;

namespace TinT.Cli.Rendering;

/// <summary>Where results and, apart from them, progress and errors go.</summary>
/// <remarks>Terminals get styles and a progress bar; files and pipes get plain lines without control sequences.</remarks>
public sealed class TintConsole
{
    private readonly IAnsiConsole output;
    private readonly IAnsiConsole error;

    /// <summary>Creates a console.</summary>
    /// <param name="output">Results.</param>
    /// <param name="error">Progress and errors.</param>
    public TintConsole(IAnsiConsole output, IAnsiConsole error)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        this.output = output;
        this.error = error;
    }

    /// <summary>Plain results.</summary>
    internal TextWriter OutputWriter => output.Profile.Out.Writer;

    /// <summary>Plain progress and errors.</summary>
    internal TextWriter ErrorWriter => error.Profile.Out.Writer;

    /// <summary>Columns to write help in.</summary>
    internal int HelpWidth => output.Profile.Out.IsTerminal ? Math.Clamp(output.Profile.Width, 60, 120) : 100;

    /// <summary>The standard output and error of this process.</summary>
    public static TintConsole ForProcess() => new(Create(Console.Out), Create(Console.Error));

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

    /// <summary>Shows how far work is while it runs.</summary>
    /// <param name="tokensPerRun">Tokens in each block run.</param>
    /// <param name="work">The work, given where to tell.</param>
    internal T WithProgress<T>(int tokensPerRun, Func<IProgress<Evaluation.Perplexity.EvaluationProgress>, T> work) =>
        error.Profile.Out.IsTerminal && error.Profile.Capabilities.Interactive
            ? ProgressBar.Run(error, tokensPerRun, work)
            : work(new ProgressLines(ErrorWriter, tokensPerRun));

    /// <summary>Shows how much is written while work runs.</summary>
    /// <param name="work">The work, given where to tell.</param>
    internal T WithProgress<T>(Func<IProgress<ExportProgress>, T> work) =>
        error.Profile.Out.IsTerminal && error.Profile.Capabilities.Interactive
            ? ByteProgress.RunWithBar(error, work)
            : work(ByteProgress.WithLines(ErrorWriter));

    private static IAnsiConsole Create(TextWriter writer) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
}
