using System.Text.Json.Serialization;
using TinT.Reports.Json;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Jobs;

/// <summary>A list of devices as JSON for programs: this record is the format. Fields may be added, never renamed.</summary>
/// <param name="Schema"><c>tint.devices/1</c>.</param>
/// <param name="Devices">Devices in the order in which <c>auto</c> tries them.</param>
internal sealed record DevicesJson(string Schema, IReadOnlyList<DevicesJson.Device> Devices)
{
    /// <summary>Writes UTF-8 JSON with a newline at the end.</summary>
    public static void Write(Stream stream, IReadOnlyList<DeviceDescription> devices) =>
        ReportJson.Write(stream, new DevicesJson("tint.devices/1", [.. devices.Select(Device.Of)]), DevicesContract.Default);

    /// <summary>A device; its memory in bytes, null if it is the processor's.</summary>
    internal sealed record Device(string Kind, string Name, long? Memory, int MaxThreadsPerGroup, int WarpSize, int Multiprocessors)
    {
        public static Device Of(DeviceDescription device) => new(
            device.Kind,
            device.Name,
            device.Kind == DeviceKinds.IlgpuCpu ? null : device.MemorySize,
            device.MaxThreadsPerGroup,
            device.WarpSize,
            device.Processors);
    }
}

[JsonSerializable(typeof(DevicesJson)), JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
internal sealed partial class DevicesContract : JsonSerializerContext;
