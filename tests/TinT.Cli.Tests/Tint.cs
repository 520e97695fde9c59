using Spectre.Console;
using TinT.Cli.Jobs;
using TinT.Cli.Rendering;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Tests;

/// <summary>Runs the tool inside the test process, with both outputs redirected as to files.</summary>
internal static class Tint
{
    public static CommandResult Run(params string[] arguments) => Run(arguments, CancellationToken.None);

    public static CommandResult Run(string[] arguments, CancellationToken cancellationToken) =>
        Capture(console => TintCommandLine.Run(arguments, console, cancellationToken));

    /// <summary>Runs the tool on a machine with other devices.</summary>
    public static CommandResult RunOn(IDeviceHost devices, params string[] arguments) =>
        Capture(console => TintCommandLine.Run(arguments, console, new MainJobSettings(), CancellationToken.None, () => devices));

    /// <summary>Runs the main job on some blocks of its text.</summary>
    public static CommandResult RunMainJob(int blocks) =>
        Capture(console => TintCommandLine.Run([], console, new MainJobSettings { Blocks = blocks }, CancellationToken.None));

    /// <summary>Runs the tool with both outputs on a terminal.</summary>
    public static CommandResult RunOnTerminal(params string[] arguments) => RunOnTerminal(120, arguments);

    /// <summary>Runs the tool with both outputs on a terminal of some width.</summary>
    public static CommandResult RunOnTerminal(int width, params string[] arguments)
    {
        using MemoryStream output = new();
        using StandardStream stream = new(output);
        using StringWriter error = new() { NewLine = "\n" };
        int exitCode = TintCommandLine.Run(
            arguments, new TintConsole(Terminal.On(WriterTo(stream), width), stream, Terminal.On(error, width)), CancellationToken.None);
        return new CommandResult(exitCode, output.ToArray(), error.ToString());
    }

    private static CommandResult Capture(Func<TintConsole, int> run)
    {
        using MemoryStream output = new();
        using StandardStream stream = new(output);
        using StringWriter error = new() { NewLine = "\n" };
        int exitCode = run(new TintConsole(Redirected(WriterTo(stream)), stream, Redirected(error)));
        return new CommandResult(exitCode, output.ToArray(), error.ToString());
    }

    private static TextWriter WriterTo(StandardStream stream)
    {
        TextWriter writer = stream.CreateWriter();
        writer.NewLine = "\n";
        return writer;
    }

    private static IAnsiConsole Redirected(TextWriter writer) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
}
