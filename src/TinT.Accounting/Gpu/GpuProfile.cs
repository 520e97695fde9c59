using TinT.Accounting.Launches;
using TinT.Compiler.Devices;

namespace TinT.Accounting.Gpu;

/// <summary>What a GPU can do at most, as its maker states it.</summary>
/// <param name="Key">What users call it.</param>
/// <param name="Name">What it is.</param>
/// <param name="OperationsPerSecond">Operations of single precision in a second; a multiply-add is two.</param>
/// <param name="BytesPerSecond">Bytes to and from its memory in a second.</param>
/// <param name="MemoryBytes">Bytes of memory that a program can have.</param>
/// <param name="Processors">Multiprocessors; a group runs on one of them.</param>
public sealed record GpuProfile(string Key, string Name, double OperationsPerSecond, double BytesPerSecond, long MemoryBytes, int Processors)
{
    /// <summary>NVIDIA H100 SXM with 80 GB: 132 multiprocessors, single precision without tensor cores.</summary>
    public static GpuProfile H100 { get; } = Of("h100", "NVIDIA H100 SXM", GpuClass.Large, 80_000_000_000);

    /// <summary>A laptop's GPU with 4 GB, like a GeForce GTX 1650: 14 multiprocessors.</summary>
    public static GpuProfile Laptop { get; } = Of("laptop", "laptop GPU with 4 GB (GTX 1650 class)", GpuClass.Small, 4_000_000_000);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<GpuProfile> All { get; } = [H100, Laptop];

    private GpuClass Limits => new(OperationsPerSecond, BytesPerSecond, Processors);

    /// <summary>The least time of a launch: its operations, on no more multiprocessors than it has groups, or its bytes.</summary>
    /// <param name="launch">The launch.</param>
    public double Seconds(GpuLaunch launch)
    {
        ArgumentNullException.ThrowIfNull(launch);
        return Limits.Seconds(GroupsOf(launch), launch.Operations, launch.Reads + launch.Writes);
    }

    /// <summary>Whether the bytes of a launch take longer than its operations.</summary>
    /// <param name="launch">The launch.</param>
    public bool IsBoundByMemory(GpuLaunch launch)
    {
        ArgumentNullException.ThrowIfNull(launch);
        return Limits.IsBoundByMemory(GroupsOf(launch), launch.Operations, launch.Reads + launch.Writes);
    }

    private static long? GroupsOf(GpuLaunch launch) => launch.ThreadsPerGroup is null ? null : launch.Groups;

    private static GpuProfile Of(string key, string name, GpuClass limits, long memoryBytes) =>
        new(key, name, limits.OperationsPerSecond, limits.BytesPerSecond, memoryBytes, limits.Processors);
}
