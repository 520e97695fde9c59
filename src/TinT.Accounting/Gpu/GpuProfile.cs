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
    public static GpuProfile H100 { get; } = new("h100", "NVIDIA H100 SXM", 67e12, 3.35e12, 80_000_000_000, 132);

    /// <summary>A laptop's GPU with 4 GB, like a GeForce GTX 1650: 14 multiprocessors.</summary>
    public static GpuProfile Laptop { get; } = new("laptop", "laptop GPU with 4 GB (GTX 1650 class)", 2.9e12, 128e9, 4_000_000_000, 14);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<GpuProfile> All { get; } = [H100, Laptop];

    /// <summary>The least time of a launch: its operations, on no more multiprocessors than it has groups, or its bytes.</summary>
    /// <param name="launch">The launch.</param>
    public double Seconds(GpuLaunch launch)
    {
        ArgumentNullException.ThrowIfNull(launch);
        return Math.Max(ArithmeticSeconds(launch), launch.Bytes / BytesPerSecond);
    }

    /// <summary>Whether the bytes of a launch take longer than its operations.</summary>
    /// <param name="launch">The launch.</param>
    public bool IsBoundByMemory(GpuLaunch launch)
    {
        ArgumentNullException.ThrowIfNull(launch);
        return launch.Bytes / BytesPerSecond >= ArithmeticSeconds(launch);
    }

    private double ArithmeticSeconds(GpuLaunch launch)
    {
        double share = launch.ThreadsPerGroup is null ? 1 : Math.Min(1, (double)launch.Groups / Processors);
        return launch.Operations / (OperationsPerSecond * share);
    }
}
