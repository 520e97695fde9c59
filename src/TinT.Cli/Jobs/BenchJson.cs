using System.Text.Json;
using TinT.Accounting.Reports;
using TinT.Compiler.Specs;
using TinT.Evaluation.Reports;
using TinT.Runtime.Cpu;

namespace TinT.Cli.Jobs;

/// <summary>Measurements as JSON for programs.</summary>
/// <remarks>
/// <para>Schema <c>tint.bench/1</c>; fields may be added, never renamed:</para>
/// <list type="bullet">
/// <item><description><c>model</c>, <c>tokens</c>, <c>training_tokens</c>, <c>sequences</c>, <c>steps</c>, <c>trained_layers</c>, <c>threads</c>, <c>side_by_side</c> (groups of sequences at the same time), <c>update</c>, <c>weight_storage</c> (<c>f32</c>, <c>bf16</c>, <c>f16</c>): the run</description></item>
/// <item><description><c>limits</c>: <c>operations_per_second</c>, <c>bytes_per_second</c> at best, <c>typical_operations_per_second</c></description></item>
/// <item><description><c>seconds</c> of each run, <c>median_seconds</c>, <c>least_seconds</c> by the limits, <c>tokens_per_second</c>, <c>operations</c>, <c>bytes</c>,
/// <c>memory_held</c>, <c>memory_planned</c>, <c>weights</c> in bytes, <c>allocated_bytes</c> inside the passes</description></item>
/// <item><description><c>kernels</c>: <c>routine</c>, <c>kernel</c>, <c>calls</c>, <c>seconds</c>, <c>operations</c>, <c>bytes</c>, <c>least_seconds</c></description></item>
/// </list>
/// <para>Of several measurements the only field is <c>runs</c>, a list of such objects.</para>
/// </remarks>
internal static class BenchJson
{
    private const string Schema = "tint.bench/1";

    /// <summary>Writes UTF-8 JSON with a newline at the end.</summary>
    public static void Write(Stream stream, IReadOnlyList<BenchResult> results) => ReportJson.Write(stream, Schema, writer =>
    {
        if (results is [BenchResult only])
        {
            Write(writer, only);
            return;
        }

        writer.WriteStartArray("runs");
        foreach (BenchResult result in results)
        {
            writer.WriteStartObject();
            Write(writer, result);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter writer, BenchResult result)
    {
        writer.WriteString("model", result.Spec.Model.Value);
        writer.WriteNumber("tokens", result.Run.Tokens);
        writer.WriteNumber("training_tokens", result.Run.TrainingTokens);
        writer.WriteNumber("sequences", result.Run.BatchSize);
        writer.WriteNumber("steps", result.Run.Steps);
        writer.WriteNumber("trained_layers", result.Run.TrainedLayers);
        writer.WriteNumber("threads", result.Threads);
        writer.WriteNumber("side_by_side", result.Planned.Division.SideBySide);
        writer.WriteString("update", SpecText.Of(result.Form));
        writer.WriteString("weight_storage", result.Run.Weights.ShortName());
        writer.WriteStartObject("limits");
        writer.WriteNumber("operations_per_second", result.Limits.OperationsPerSecond);
        writer.WriteNumber("bytes_per_second", result.Limits.BytesPerSecond);
        writer.WriteNumber("typical_operations_per_second", result.Limits.TypicalOperationsPerSecond);
        writer.WriteEndObject();
        writer.WriteStartArray("seconds");
        foreach (double seconds in result.Seconds)
            writer.WriteNumberValue(seconds);
        writer.WriteEndArray();
        writer.WriteNumber("median_seconds", result.Median);
        writer.WriteNumber("least_seconds", result.LeastSeconds);
        writer.WriteNumber("tokens_per_second", result.TokensPerSecond);
        writer.WriteNumber("operations", result.Cost.Operations);
        writer.WriteNumber("bytes", result.Cost.Bytes);
        writer.WriteNumber("memory_held", result.Held.Total);
        writer.WriteNumber("memory_planned", result.Planned.Peak);
        writer.WriteNumber("weights", result.Held.Weights);
        writer.WriteNumber("allocated_bytes", result.AllocatedBytes);
        writer.WriteStartArray("kernels");
        foreach (KernelTime kernel in result.Kernels)
            WriteKernel(writer, result, kernel);
        writer.WriteEndArray();
    }

    private static void WriteKernel(Utf8JsonWriter writer, BenchResult result, KernelTime kernel)
    {
        writer.WriteStartObject();
        writer.WriteString("routine", CompiledTables.NameOf(kernel.Cost.Routine));
        writer.WriteString("kernel", CompiledTables.NameOf(kernel.Cost));
        writer.WriteNumber("calls", kernel.Calls);
        writer.WriteNumber("seconds", kernel.Seconds);
        writer.WriteNumber("operations", kernel.Cost.Total.Operations);
        writer.WriteNumber("bytes", kernel.Cost.Total.Bytes);
        writer.WriteNumber("least_seconds", result.LeastSecondsOf(kernel));
        writer.WriteEndObject();
    }
}
