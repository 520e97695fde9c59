using System.CommandLine;
using TinT.Cli.Commands;
using TinT.Cli.Context;
using TinT.Cli.Files;
using TinT.Cli.Jobs;
using TinT.Cli.Outcomes;
using TinT.Cli.Rendering;
using TinT.Runtime.Files;
using TinT.Runtime.Simulation;

namespace TinT.Cli;

/// <summary>The <c>tint</c> tool, callable from a process and from tests.</summary>
public static class TintCommandLine
{
    /// <summary>Parses and runs a command line.</summary>
    /// <param name="arguments">Arguments without the program's name; none runs the main job.</param>
    /// <param name="console">Where output, progress and errors go.</param>
    /// <param name="cancellationToken">Ends the work between two passes; nothing half-written stays behind.</param>
    /// <returns>One of <see cref="ExitCode"/>. Expected failures are one line on the error output; others are thrown.</returns>
    public static int Run(IReadOnlyList<string> arguments, TintConsole console, CancellationToken cancellationToken = default) =>
        Run(arguments, console, new MainJobSettings(), cancellationToken);

    /// <summary>As <see cref="Run(IReadOnlyList{string}, TintConsole, CancellationToken)"/> with a smaller main job, or with other devices than this machine's.</summary>
    internal static int Run(
        IReadOnlyList<string> arguments, TintConsole console, MainJobSettings mainJob, CancellationToken cancellationToken, Func<IDeviceHost>? devices = null)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(console);
        CommandContext context = new(console, cancellationToken);
        TintRootCommand root = new(devices is null ? context : context with { Devices = devices }, mainJob);
        // Arguments that start with @ are file names like any other.
        ParseResult parsed = root.Parse(SweepCommand.WithCommand(arguments), new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
            return ReportWrongUsage(parsed, console);

        int exitCode = Invoke(parsed, console, cancellationToken);
        return console.OutputFailure is { } failure ? ReportLostOutput(exitCode, failure, console) : exitCode;
    }

    private static int Invoke(ParseResult parsed, TintConsole console, CancellationToken cancellationToken)
    {
        try
        {
            // Help and the version read and write no files.
            if (parsed.Action == parsed.CommandResult.Command.Action)
            {
                FileCheck.Run(parsed);
                if (FileCheck.TakesStandardOutput(parsed))
                    console.ReserveOutput();
            }

            return parsed.Invoke(new InvocationConfiguration
            {
                Output = console.OutputWriter,
                Error = console.ErrorWriter,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            console.WriteErrorLine("cancelled");
            return ExitCode.Cancelled;
        }
        catch (Exception exception) when (Failure.ExitCodeOf(Failure.Cause(exception)) is not null)
        {
            Exception cause = Failure.Cause(exception);
            console.WriteErrorLine(Failure.Describe(cause, NamedFile.Of(parsed).FirstOrDefault()?.Path ?? ""));
            return Failure.ExitCodeOf(cause)!.Value;
        }
    }

    /// <summary>Who closes a pipe knows; anything else, such as a full disk, is told.</summary>
    private static int ReportLostOutput(int exitCode, IOException failure, TintConsole console)
    {
        if (failure is not BrokenPipeException)
            console.WriteErrorLine($"error: standard output cannot be written to ({failure.Message}); what was to be shown is lost.");
        if (exitCode != ExitCode.Done)
            return exitCode;
        return failure is BrokenPipeException ? ExitCode.OutputClosed : ExitCode.Failed;
    }

    private static int ReportWrongUsage(ParseResult parsed, TintConsole console)
    {
        foreach (string message in WrongUsage.Describe(parsed))
            console.WriteErrorLine($"error: {message}");
        console.WriteErrorLine($"Run '{CommandPath.Of(parsed.CommandResult.Command)} --help' for its arguments and an example.");
        return ExitCode.WrongUsage;
    }
}
