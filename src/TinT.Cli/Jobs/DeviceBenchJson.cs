using System.Text.Json;
using TinT.Accounting.Reports;
using TinT.Compiler.Specs;
using TinT.Evaluation.Reports;

namespace TinT.Cli.Jobs;

/// <summary>Measurements on a device as JSON for programs.</summary>
/// <remarks>
/// Schema <c>tint.bench-device/1</c>; fields mean what they mean in <see cref="BenchJson"/>, with <c>device</c> (<c>kind</c>, <c>name</c>) instead of
/// <c>threads</c> and <c>limits</c>, and <c>kernel_seconds</c> and <c>kernels</c> of a run that waits behind every kernel.
/// </remarks>
internal static class DeviceBenchJson
{
    private const string Schema = "tint.bench-device/1";

    /// <summary>Writes UTF-8 JSON with a newline at the end.</summary>
    public static void Write(Stream stream, DeviceBenchResult result) => ReportJson.Write(stream, Schema, writer => Write(writer, result));

    private static void Write(Utf8JsonWriter writer, DeviceBenchResult result)
    {
        writer.WriteString("model", result.Spec.Model.Value);
        writer.WriteStartObject("device");
        writer.WriteString("kind", result.Device.Kind);
        writer.WriteString("name", result.Device.Name);
        writer.WriteEndObject();
        writer.WriteNumber("tokens", result.Run.Tokens);
        writer.WriteNumber("training_tokens", result.Run.TrainingTokens);
        writer.WriteNumber("sequences", result.Run.BatchSize);
        writer.WriteNumber("steps", result.Run.Steps);
        writer.WriteNumber("trained_layers", result.Run.TrainedLayers);
        writer.WriteString("update", SpecText.Of(result.Form));
        writer.WriteStartArray("seconds");
        foreach (double seconds in result.Seconds)
            writer.WriteNumberValue(seconds);
        writer.WriteEndArray();
        writer.WriteNumber("median_seconds", result.Median);
        writer.WriteNumber("kernel_seconds", result.KernelSeconds);
        writer.WriteNumber("tokens_per_second", result.TokensPerSecond);
        writer.WriteNumber("operations", result.Cost.Operations);
        writer.WriteNumber("bytes", result.Cost.Bytes);
        writer.WriteNumber("memory_held", result.Held.Total);
        writer.WriteNumber("memory_planned", result.Planned.Needed);
        writer.WriteNumber("weights", result.Held.Weights);
        writer.WriteStartArray("kernels");
        foreach (DeviceKernelTime kernel in result.Kernels)
        {
            writer.WriteStartObject();
            writer.WriteString("routine", CompiledTables.NameOf(kernel.Routine));
            writer.WriteString("kernel", kernel.Name);
            writer.WriteNumber("calls", kernel.Calls);
            writer.WriteNumber("seconds", kernel.Seconds);
            writer.WriteNumber("operations", kernel.Cost.Operations);
            writer.WriteNumber("bytes", kernel.Cost.Bytes);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
