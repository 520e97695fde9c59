using TinT.Cli.Files;
using TinT.Cli.Rendering;
using TinT.Reports.Files;
using TinT.Runtime.Ilgpu;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Context;

/// <summary>What every command works with.</summary>
/// <param name="Console">Where output, progress and errors go.</param>
/// <param name="CancellationToken">Ends the command.</param>
internal sealed record CommandContext(TintConsole Console, CancellationToken CancellationToken)
{
    /// <summary>What finds and opens devices. Commands that stay on the processor do not ask, so that no GPU library is loaded for them.</summary>
    public Func<IDeviceHost> Devices { get; init; } = static () => new GpuDeviceHost();

    /// <summary>Writes a report to standard output or, whole or not at all, to a file.</summary>
    /// <param name="path">The path as given; <see langword="null"/> if the report was not asked for.</param>
    /// <param name="write">Writes the report.</param>
    /// <exception cref="ReportException">The file cannot be written.</exception>
    public void WriteReport(string? path, Action<Stream> write)
    {
        if (path is null)
            return;
        if (NamedFile.IsStandardOutput(path))
            Console.WriteReport(write);
        else
            AtomicFile.Write(path, write);
    }
}
