namespace TinT.Compiler.Devices;

/// <summary>What devices of a class can do at most, as the maker of one of them states it.</summary>
/// <param name="OperationsPerSecond">Operations of single precision in a second; a multiply-add is two.</param>
/// <param name="BytesPerSecond">Bytes to and from its memory in a second.</param>
/// <param name="Processors">Multiprocessors; a group runs on one of them.</param>
public sealed record GpuClass(double OperationsPerSecond, double BytesPerSecond, int Processors)
{
    private const int FloatBytes = 4;

    /// <summary>A data centre's GPU: NVIDIA H100 SXM, single precision without tensor cores.</summary>
    public static GpuClass Large { get; } = new(67e12, 3.35e12, 132);

    /// <summary>A laptop's GPU, like a GeForce GTX 1650.</summary>
    public static GpuClass Small { get; } = new(2.9e12, 128e9, 14);

    /// <summary>The least time of a launch: its operations, on no more multiprocessors than it has groups, or its bytes.</summary>
    /// <param name="groups">Groups; <see langword="null"/> for a kernel without groups, which fills the device.</param>
    /// <param name="operations">Operations.</param>
    /// <param name="floats">Floats of global memory read and written.</param>
    public double Seconds(long? groups, long operations, long floats) =>
        Math.Max(ArithmeticSeconds(groups, operations), MemorySeconds(floats));

    /// <summary>The least time of a launch.</summary>
    /// <param name="cost">What it costs.</param>
    public double Seconds(TileCost cost) => Seconds(cost.Groups, cost.Operations, cost.Reads + cost.Writes);

    /// <summary>Whether the bytes of a launch take longer than its operations.</summary>
    /// <param name="groups">Groups; <see langword="null"/> for a kernel without groups.</param>
    /// <param name="operations">Operations.</param>
    /// <param name="floats">Floats of global memory read and written.</param>
    public bool IsBoundByMemory(long? groups, long operations, long floats) => MemorySeconds(floats) >= ArithmeticSeconds(groups, operations);

    private double MemorySeconds(long floats) => floats * FloatBytes / BytesPerSecond;

    private double ArithmeticSeconds(long? groups, long operations)
    {
        if (operations == 0)
            return 0;
        double share = groups is { } count ? Math.Min(1, (double)count / Processors) : 1;
        return operations / (OperationsPerSecond * share);
    }
}
