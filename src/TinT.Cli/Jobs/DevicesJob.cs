using System.Globalization;
using TinT.Cli.Commands;
using TinT.Evaluation.Reports;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Jobs;

/// <summary>Lists devices.</summary>
/// <remarks>
/// The JSON has the schema <c>tint.devices/1</c>: <c>devices</c>, in the order in which <c>auto</c> tries them, each with <c>kind</c>,
/// <c>name</c>, <c>memory</c> in bytes (null for the processor's), <c>max_threads_per_group</c>,
/// <c>warp_size</c> and <c>multiprocessors</c>.
/// </remarks>
internal static class DevicesJob
{
    private const string Schema = "tint.devices/1";

    /// <summary>Runs the job.</summary>
    /// <param name="context">Where the list goes.</param>
    /// <param name="jsonPath">File for JSON, if wanted.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="ReportException">The file cannot be written.</exception>
    public static int Run(CommandContext context, string? jsonPath)
    {
        IReadOnlyList<DeviceDescription> devices = context.Devices().List();
        context.WriteReport(jsonPath, stream => WriteJson(stream, devices));
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

    private static void WriteJson(Stream stream, IReadOnlyList<DeviceDescription> devices) => ReportJson.Write(stream, Schema, writer =>
    {
        writer.WriteStartArray("devices");
        foreach (DeviceDescription device in devices)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", device.Kind);
            writer.WriteString("name", device.Name);
            if (device.Kind == DeviceKinds.IlgpuCpu)
                writer.WriteNull("memory");
            else
                writer.WriteNumber("memory", device.MemorySize);
            writer.WriteNumber("max_threads_per_group", device.MaxThreadsPerGroup);
            writer.WriteNumber("warp_size", device.WarpSize);
            writer.WriteNumber("multiprocessors", device.Processors);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });
}
