using System.Text.Json.Serialization;
using TinT.Accounting.Gpu;
using TinT.Accounting.Launches;
using static TinT.Accounting.Reports.ReportNumbers;

namespace TinT.Accounting.Reports;

/// <summary>The account of a GPU simulator on one device as JSON, a part of <see cref="AccountJson"/>.</summary>
/// <param name="Device">Name of the device; the four fields behind it are its assumed limits.</param>
/// <param name="OperationsPerSecond">Operations in single precision.</param>
/// <param name="BytesPerSecond">Bytes to and from memory.</param>
/// <param name="MemoryBytes">Its memory.</param>
/// <param name="Multiprocessors">Multiprocessors.</param>
/// <param name="Seconds">Least time of the run.</param>
/// <param name="BytesOnce">Bytes of the run if every operand were moved once.</param>
/// <param name="Kernels">The kernels.</param>
/// <param name="Memory">Device memory of the run.</param>
/// <param name="MostTokens">Tokens of the longest sequence that fits.</param>
/// <param name="ShippedModels">What fits of the shipped models.</param>
public sealed record GpuJson(
    string Device,
    double OperationsPerSecond,
    double BytesPerSecond,
    long MemoryBytes,
    int Multiprocessors,
    double Seconds,
    long BytesOnce,
    IReadOnlyList<GpuJson.DeviceKernel> Kernels,
    GpuJson.DeviceMemory Memory,
    int MostTokens,
    IReadOnlyList<GpuJson.ModelFit> ShippedModels)
{
    internal static GpuJson Of(GpuAccount account)
    {
        GpuProfile profile = account.Profile;
        return new GpuJson(
            profile.Key,
            profile.OperationsPerSecond,
            profile.BytesPerSecond,
            profile.MemoryBytes,
            profile.Processors,
            account.Seconds,
            account.OnceBytes,
            [.. account.Kernels.Select(DeviceKernel.Of)],
            DeviceMemory.Of(account.Memory),
            account.MostTokens,
            [.. account.Fits.Select(fit => new ModelFit(fit.Model, fit.Context, DeviceMemory.Of(fit.Memory), fit.MostTokens))]);
    }

    /// <summary>A kernel in the whole run.</summary>
    /// <param name="Routine">Routine it belongs to.</param>
    /// <param name="Kernel">Its name.</param>
    /// <param name="Pass">Of the head's kernels: what the pass is for.</param>
    /// <param name="Launches">Launches.</param>
    /// <param name="Elements">Elements of the largest launch, each with a thread, where ILGPU chooses groups; else absent.</param>
    /// <param name="Groups">Groups of the largest launch; else absent.</param>
    /// <param name="Threads">Threads of a group.</param>
    /// <param name="SharedBytes">Shared memory of a group.</param>
    /// <param name="RegistersEstimated">Registers of a thread.</param>
    /// <param name="Operations">Operations.</param>
    /// <param name="GlobalBytes">Bytes that kernels ask for.</param>
    /// <param name="Seconds">Least time.</param>
    /// <param name="BoundBy"><c>memory</c> or <c>arithmetic</c>.</param>
    public sealed record DeviceKernel(
        string Routine,
        string Kernel,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Pass,
        long Launches,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Elements,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Groups,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Threads,
        int SharedBytes,
        int RegistersEstimated,
        long Operations,
        long GlobalBytes,
        double Seconds,
        string BoundBy)
    {
        internal static DeviceKernel Of(GpuKernelCost kernel)
        {
            GpuLaunch largest = kernel.Largest;
            return new DeviceKernel(
                Words(kernel.Routine),
                kernel.Kernel,
                kernel.Head is { } pass ? Words(pass) : null,
                kernel.Count,
                largest.ThreadsPerGroup is null ? largest.Groups : null,
                largest.ThreadsPerGroup is null ? null : largest.Groups,
                largest.ThreadsPerGroup,
                largest.SharedBytes,
                largest.RegistersPerThread,
                kernel.Operations,
                kernel.Bytes,
                kernel.Seconds,
                kernel.BoundByMemory ? "memory" : "arithmetic");
        }
    }

    /// <summary>Device memory in bytes; <c>needed</c> is without logits for the caller.</summary>
    public sealed record DeviceMemory(long Weights, long Updated, long Arena, long Batch, long Needed, long Logits)
    {
        internal static DeviceMemory Of(GpuMemory memory) =>
            new(memory.Weights, memory.Updated, memory.Arena, memory.Batch, memory.Needed, memory.Logits);
    }

    /// <summary>What fits of a model, with the memory of its whole context.</summary>
    public sealed record ModelFit(string Model, int Context, DeviceMemory Memory, int MostTokens);
}
