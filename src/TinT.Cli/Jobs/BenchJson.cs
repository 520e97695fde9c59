using System.Text.Json.Serialization;
using TinT.Accounting.Reports;
using TinT.Compiler.Specs.Writing;
using TinT.Reports.Json;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Cli.Jobs;

/// <summary>A measurement as JSON for programs: this record is the format. Fields may be added, never renamed.</summary>
/// <param name="Schema"><c>tint.bench/1</c>; absent inside of <see cref="BenchRunsJson"/>.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Tokens">Tokens in each sequence.</param>
/// <param name="TrainingTokens">The first of them, which train.</param>
/// <param name="Sequences">Sequences.</param>
/// <param name="Steps">Inner steps.</param>
/// <param name="TrainedLayers">Trained layers.</param>
/// <param name="Threads">Threads.</param>
/// <param name="SideBySide">Groups of sequences at the same time.</param>
/// <param name="Update">Form of the update.</param>
/// <param name="WeightStorage"><c>f32</c>, <c>bf16</c> or <c>f16</c>.</param>
/// <param name="Limits">The processor's limits.</param>
/// <param name="Seconds">Seconds of each run.</param>
/// <param name="MedianSeconds">Their median.</param>
/// <param name="LeastSeconds">The least time by the limits, kernel by kernel.</param>
/// <param name="TokensPerSecond">Tokens in a second.</param>
/// <param name="Operations">Operations of a run.</param>
/// <param name="Bytes">Bytes that it moves.</param>
/// <param name="MemoryHeld">Bytes that the simulator holds.</param>
/// <param name="MemoryPlanned">Bytes that were planned.</param>
/// <param name="Weights">Of the held ones those of weights.</param>
/// <param name="AllocatedBytes">Bytes allocated inside the passes.</param>
/// <param name="Kernels">Each kernel.</param>
internal sealed record BenchJson(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Schema,
    string Model,
    int Tokens,
    int TrainingTokens,
    int Sequences,
    int Steps,
    int TrainedLayers,
    int Threads,
    int SideBySide,
    string Update,
    string WeightStorage,
    BenchJson.Ceiling Limits,
    IReadOnlyList<double> Seconds,
    double MedianSeconds,
    double LeastSeconds,
    double TokensPerSecond,
    long Operations,
    long Bytes,
    long MemoryHeld,
    long MemoryPlanned,
    long Weights,
    long AllocatedBytes,
    IReadOnlyList<BenchJson.Kernel> Kernels)
{
    private const string Name = "tint.bench/1";

    /// <summary>Writes UTF-8 JSON with a newline at the end: of several measurements <see cref="BenchRunsJson"/>.</summary>
    public static void Write(Stream stream, IReadOnlyList<BenchResult> results)
    {
        if (results is [BenchResult only])
            ReportJson.Write(stream, Of(only) with { Schema = Name }, BenchContract.Default);
        else
            ReportJson.Write(stream, new BenchRunsJson(Name, [.. results.Select(Of)]), BenchContract.Default);
    }

    private static BenchJson Of(BenchResult result) => new(
        null,
        result.Spec.Model.Value,
        result.Run.Tokens,
        result.Run.TrainingTokens,
        result.Run.BatchSize,
        result.Run.Steps,
        result.Run.TrainedLayers,
        result.Threads,
        result.Planned.Division.SideBySide,
        SpecText.Of(result.Form),
        result.Run.Weights.ShortName(),
        new Ceiling(result.Limits.OperationsPerSecond, result.Limits.BytesPerSecond, result.Limits.TypicalOperationsPerSecond),
        result.Seconds,
        result.Median,
        result.LeastSeconds,
        result.TokensPerSecond,
        result.Cost.Operations,
        result.Cost.Bytes,
        result.Held.Total,
        result.Planned.Peak,
        result.Held.Weights,
        result.AllocatedBytes,
        [.. result.Kernels.Select(kernel => Kernel.Of(kernel, result.LeastSecondsOf(kernel)))]);

    /// <summary>Multiply-adds and bytes in a second at best, and multiply-adds as they were typical.</summary>
    internal sealed record Ceiling(double OperationsPerSecond, double BytesPerSecond, double TypicalOperationsPerSecond);

    /// <summary>A kernel in the run of median length.</summary>
    internal sealed record Kernel(
        string Routine, [property: JsonPropertyName("kernel")] string Name, long Calls, double Seconds, long Operations, long Bytes, double LeastSeconds)
    {
        public static Kernel Of(KernelTime kernel, double leastSeconds) => new(
            CompiledTables.NameOf(kernel.Cost.Routine),
            CompiledTables.NameOf(kernel.Cost),
            kernel.Calls,
            kernel.Seconds,
            kernel.Cost.Total.Operations,
            kernel.Cost.Total.Bytes,
            leastSeconds);
    }
}

/// <summary>Several measurements as JSON.</summary>
/// <param name="Schema"><c>tint.bench/1</c>.</param>
/// <param name="Runs">Each measurement.</param>
internal sealed record BenchRunsJson(string Schema, IReadOnlyList<BenchJson> Runs);

[JsonSerializable(typeof(BenchJson)), JsonSerializable(typeof(BenchRunsJson)), JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
internal sealed partial class BenchContract : JsonSerializerContext;
