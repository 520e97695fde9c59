using System.Text.Json;
using TinT.Accounting.Gpu;
using static TinT.Accounting.Reports.ReportNumbers;

namespace TinT.Accounting.Reports;

/// <summary>Accounts of GPU simulators as JSON, a part of <see cref="AccountJson"/>.</summary>
internal static class GpuJson
{
    /// <summary>Writes an array with an object for each device.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<GpuAccount> accounts)
    {
        writer.WriteStartArray("gpus");
        foreach (GpuAccount account in accounts)
        {
            writer.WriteStartObject();
            Write(writer, account);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, GpuAccount account)
    {
        GpuProfile profile = account.Profile;
        writer.WriteString("device", profile.Key);
        writer.WriteNumber("operations_per_second", profile.OperationsPerSecond);
        writer.WriteNumber("bytes_per_second", profile.BytesPerSecond);
        writer.WriteNumber("memory_bytes", profile.MemoryBytes);
        writer.WriteNumber("multiprocessors", profile.Processors);
        writer.WriteNumber("seconds", account.Seconds);
        writer.WriteNumber("bytes_once", account.OnceBytes);
        writer.WriteStartArray("kernels");
        foreach (GpuKernelCost kernel in account.Kernels)
        {
            writer.WriteStartObject();
            Write(writer, kernel);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteMemory(writer, account.Memory);
        writer.WriteNumber("most_tokens", account.MostTokens);
        writer.WriteStartArray("shipped_models");
        foreach (GpuFit fit in account.Fits)
        {
            writer.WriteStartObject();
            writer.WriteString("model", fit.Model);
            writer.WriteNumber("context", fit.Context);
            WriteMemory(writer, fit.Memory);
            writer.WriteNumber("most_tokens", fit.MostTokens);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, GpuKernelCost kernel)
    {
        GpuLaunch largest = kernel.Largest;
        writer.WriteString("routine", Words(kernel.Routine));
        writer.WriteString("kernel", kernel.Kernel);
        if (kernel.Head is { } pass)
            writer.WriteString("pass", Words(pass));
        writer.WriteNumber("launches", kernel.Count);
        writer.WriteNumber(largest.ThreadsPerGroup is null ? "elements" : "groups", largest.Groups);
        if (largest.ThreadsPerGroup is { } threads)
            writer.WriteNumber("threads", threads);
        writer.WriteNumber("shared_bytes", largest.SharedBytes);
        writer.WriteNumber("registers_estimated", largest.RegistersPerThread);
        writer.WriteNumber("operations", kernel.Operations);
        writer.WriteNumber("global_bytes", kernel.Bytes);
        writer.WriteNumber("seconds", kernel.Seconds);
        writer.WriteString("bound_by", kernel.BoundByMemory ? "memory" : "arithmetic");
    }

    private static void WriteMemory(Utf8JsonWriter writer, GpuMemory memory)
    {
        writer.WriteStartObject("memory");
        writer.WriteNumber("weights", memory.Weights);
        writer.WriteNumber("updated", memory.Updated);
        writer.WriteNumber("arena", memory.Arena);
        writer.WriteNumber("batch", memory.Batch);
        writer.WriteNumber("needed", memory.Needed);
        writer.WriteNumber("logits", memory.Logits);
        writer.WriteEndObject();
    }
}
