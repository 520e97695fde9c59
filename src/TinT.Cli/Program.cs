using System.Runtime.InteropServices;
using System.Text;
using TinT.Cli;
using TinT.Cli.Outcomes;
using TinT.Cli.Rendering;

Console.OutputEncoding = Encoding.UTF8;
PosixSignal? signalled = null;
using CancellationTokenSource cancellation = new();
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using PosixSignalRegistration termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
int exitCode = TintCommandLine.Run(args, TintConsole.ForProcess(), cancellation.Token);
return exitCode == ExitCode.Cancelled && signalled == PosixSignal.SIGTERM ? ExitCode.Terminated : exitCode;

// The first signal asks for a clean end, a second one ends the process.
void Cancel(PosixSignalContext signal)
{
    signalled ??= signal.Signal;
    signal.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
}
