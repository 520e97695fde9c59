using System.Text;
using Spectre.Console;

namespace TinT.Cli.Tests;

/// <summary>A terminal that records what is written to it.</summary>
internal sealed class Terminal : IAnsiConsoleOutput
{
    private Terminal(TextWriter writer, int width)
    {
        Writer = writer;
        Width = width;
    }

    /// <inheritdoc/>
    public TextWriter Writer { get; }

    /// <inheritdoc/>
    public bool IsTerminal => true;

    /// <inheritdoc/>
    public int Width { get; }

    /// <inheritdoc/>
    public int Height => 40;

    /// <summary>A console on such a terminal.</summary>
    public static IAnsiConsole On(TextWriter writer, int width = 120) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = AnsiSupport.Yes,
        ColorSystem = ColorSystemSupport.TrueColor,
        Interactive = InteractionSupport.Yes,
        Out = new Terminal(writer, width),
    });

    /// <inheritdoc/>
    public void SetEncoding(Encoding encoding)
    {
        // What is recorded is text.
    }
}
