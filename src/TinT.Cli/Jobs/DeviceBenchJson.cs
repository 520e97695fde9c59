using System.Text.Json.Serialization;
using TinT.Accounting.Reports;
using TinT.Compiler.Specs.Writing;
using TinT.Reports.Json;

namespace TinT.Cli.Jobs;

/// <summary>A measurement on a device as JSON for programs: this record is the format. Fields may be added, never renamed.</summary>
/// <remarks>Fields mean what they mean in <see cref="BenchJson"/>; it has a device instead of threads and limits.</remarks>
/// <param name="Schema"><c>tint.bench-device/1</c>.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Device">The device.</param>
/// <param name="Tokens">Tokens in each sequence.</param>
/// <param name="TrainingTokens">The first of them, which train.</param>
/// <param name="Sequences">Sequences.</param>
/// <param name="Steps">Inner steps.</param>
/// <param name="TrainedLayers">Trained layers.</param>
/// <param name="Update">Form of the update.</param>
/// <param name="Seconds">Seconds of each run.</param>
/// <param name="MedianSeconds">Their median.</param>
/// <param name="KernelSeconds">Seconds of the kernels of a run that waits behind every one.</param>
/// <param name="TokensPerSecond">Tokens in a second.</param>
/// <param name="Operations">Operations of a run.</param>
/// <param name="Bytes">Bytes that it moves.</param>
/// <param name="MemoryHeld">Bytes of device memory that the simulator holds.</param>
/// <param name="MemoryPlanned">Bytes that were planned.</param>
/// <param name="Weights">Of the held ones those of weights.</param>
/// <param name="Kernels">Each kernel of the run that waits.</param>
internal sealed record DeviceBenchJson(
    string Schema,
    string Model,
    DeviceBenchJson.Place Device,
    int Tokens,
    int TrainingTokens,
    int Sequences,
    int Steps,
    int TrainedLayers,
    string Update,
    IReadOnlyList<double> Seconds,
    double MedianSeconds,
    double KernelSeconds,
    double TokensPerSecond,
    long Operations,
    long Bytes,
    long MemoryHeld,
    long MemoryPlanned,
    long Weights,
    IReadOnlyList<DeviceBenchJson.Kernel> Kernels)
{
    /// <summary>Writes UTF-8 JSON with a newline at the end.</summary>
    public static void Write(Stream stream, DeviceBenchResult result) => ReportJson.Write(stream, Of(result), DeviceBenchContract.Default);

    private static DeviceBenchJson Of(DeviceBenchResult result) => new(
        "tint.bench-device/1",
        result.Spec.Model.Value,
        new Place(result.Device.Kind, result.Device.Name),
        result.Run.Tokens,
        result.Run.TrainingTokens,
        result.Run.BatchSize,
        result.Run.Steps,
        result.Run.TrainedLayers,
        SpecText.Of(result.Form),
        result.Seconds,
        result.Median,
        result.KernelSeconds,
        result.TokensPerSecond,
        result.Cost.Operations,
        result.Cost.Bytes,
        result.Held.Total,
        result.Planned.Needed,
        result.Held.Weights,
        [.. result.Kernels.Select(Kernel.Of)]);

    /// <summary>Kind and name of a device.</summary>
    internal sealed record Place(string Kind, string Name);

    /// <summary>A kernel with what is fused to it.</summary>
    internal sealed record Kernel(
        string Routine, [property: JsonPropertyName("kernel")] string Name, long Calls, double Seconds, long Operations, long Bytes)
    {
        public static Kernel Of(DeviceKernelTime kernel) =>
            new(CompiledTables.NameOf(kernel.Routine), kernel.Name, kernel.Calls, kernel.Seconds, kernel.Cost.Operations, kernel.Cost.Bytes);
    }
}

[JsonSerializable(typeof(DeviceBenchJson)), JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
internal sealed partial class DeviceBenchContract : JsonSerializerContext;
