using System.Runtime.InteropServices;
using System.Text;
using TinT.Cli;
using TinT.Cli.Rendering;

Console.OutputEncoding = Encoding.UTF8;
using CancellationTokenSource cancellation = new();
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using PosixSignalRegistration termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
return TintCommandLine.Run(args, TintConsole.ForProcess(), cancellation.Token);

// The first signal asks for a clean end, a second one ends the process.
void Cancel(PosixSignalContext signal)
{
    signal.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
}
