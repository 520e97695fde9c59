using System.Text;
using Spectre.Console;

namespace TinT.Cli.Tests;

/// <summary>A terminal of 120 columns that records what is written to it.</summary>
internal sealed class Terminal : IAnsiConsoleOutput
{
    private Terminal(TextWriter writer)
    {
        Writer = writer;
    }

    /// <inheritdoc/>
    public TextWriter Writer { get; }

    /// <inheritdoc/>
    public bool IsTerminal => true;

    /// <inheritdoc/>
    public int Width => 120;

    /// <inheritdoc/>
    public int Height => 40;

    /// <summary>A console on such a terminal.</summary>
    public static IAnsiConsole On(TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = AnsiSupport.Yes,
        ColorSystem = ColorSystemSupport.TrueColor,
        Interactive = InteractionSupport.Yes,
        Out = new Terminal(writer),
    });

    /// <inheritdoc/>
    public void SetEncoding(Encoding encoding)
    {
        // What is recorded is text.
    }
}
