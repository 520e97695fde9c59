using System.Globalization;
using TinT.Cli.Context;
using TinT.Cli.Outcomes;
using TinT.Reports.Files;
using TinT.Reports.Tables;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Jobs;

/// <summary>Lists devices.</summary>
internal static class DevicesJob
{
    /// <summary>Runs the job.</summary>
    /// <param name="context">Where the list goes.</param>
    /// <param name="jsonPath">File for JSON, if wanted.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="ReportException">The file cannot be written.</exception>
    public static int Run(CommandContext context, string? jsonPath)
    {
        IReadOnlyList<DeviceDescription> devices = context.Devices().List();
        context.WriteReport(jsonPath, stream => DevicesJson.Write(stream, devices));
        context.Console.Write(Table(devices));
        return ExitCode.Done;
    }

    private static ReportTable Table(IReadOnlyList<DeviceDescription> devices) => new(
        "Devices for --device, in the order in which 'auto' tries them",
        [
            new ReportColumn("kind", IsNumeric: false),
            new ReportColumn("name", IsNumeric: false),
            new ReportColumn("memory", IsNumeric: true),
            new ReportColumn("threads per group", IsNumeric: true),
            new ReportColumn("warp", IsNumeric: true),
            new ReportColumn("multiprocessors", IsNumeric: true),
        ],
        [[.. devices.Select(Row)]],
        [
            "Name a kind for its first device, or a part of a name. 'cpu', the default, is this processor with the CPU kernels;",
            "'ilgpu-cpu' runs the GPU kernels on it, for checking them; 'auto' takes the first GPU, or 'cpu' if there is none.",
        ]);

    private static ReportRow Row(DeviceDescription device) => new(
    [
        new ReportCell(device.Kind),
        new ReportCell(device.Name),
        new ReportCell(Memory(device)),
        new ReportCell(device.MaxThreadsPerGroup.ToString(CultureInfo.InvariantCulture)),
        new ReportCell(device.WarpSize.ToString(CultureInfo.InvariantCulture)),
        new ReportCell(device.Processors.ToString(CultureInfo.InvariantCulture)),
    ]);

    /// <summary>ILGPU's own device has that of the processor, and claims more than there is.</summary>
    private static string Memory(DeviceDescription device) => device.Kind == DeviceKinds.IlgpuCpu
        ? "the processor's"
        : string.Create(CultureInfo.InvariantCulture, $"{device.MemorySize / 1073741824.0:0.0} GiB");
}
