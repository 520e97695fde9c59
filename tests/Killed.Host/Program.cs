using System.Diagnostics;
using System.Globalization;
using TinT.Cli;
using TinT.Cli.Rendering;
using TinT.Runtime.Files;

// Arguments: the step at which to end, counted from 1; whether directories can be exchanged; the tool's own arguments.
int last = int.Parse(args[0], CultureInfo.InvariantCulture);
int steps = 0;
Renames.Exchanges = bool.Parse(args[1]);
Renames.Step = () =>
{
    if (++steps == last)
    {
        // No handler and no finally block runs, as when the power fails.
        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
    }
};
return TintCommandLine.Run(args[2..], TintConsole.ForProcess());
