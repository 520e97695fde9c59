using System.Diagnostics;

namespace TinT.Runtime.Cpu.Limits;

/// <summary>What bounds every kernel on this machine: the roofline of S. Williams, A. Waterman, D. Patterson, CACM 52(4), 2009.</summary>
/// <param name="OperationsPerSecond">Multiplications and additions of all workers, from chains of fused multiply-adds in registers.</param>
/// <param name="BytesPerSecond">Bytes to and from memory, from adding vectors that no cache holds.</param>
public readonly record struct ProcessorLimits(double OperationsPerSecond, double BytesPerSecond)
{
    private const int VectorLength = 1 << 25;
    private const int Stretch = 1 << 16;

    /// <summary>The larger of each limit: other work on the machine only ever takes away.</summary>
    /// <param name="other">Another measurement.</param>
    public ProcessorLimits Or(ProcessorLimits other) =>
        new(Math.Max(OperationsPerSecond, other.OperationsPerSecond), Math.Max(BytesPerSecond, other.BytesPerSecond));

    /// <summary>The least time for some work.</summary>
    /// <param name="operations">Operations.</param>
    /// <param name="bytes">Bytes.</param>
    public double Seconds(double operations, double bytes) => Math.Max(operations / OperationsPerSecond, bytes / BytesPerSecond);

    /// <summary>Measures, the best of a few runs of each, for about a third of a second.</summary>
    /// <param name="workers">Who computes.</param>
    /// <exception cref="BufferAllocationException">The operating system refuses 256 MiB.</exception>
    public static ProcessorLimits Measure(Workers workers)
    {
        ArgumentNullException.ThrowIfNull(workers);
        FusedMultiplyAddPeak peak = new(100_000);
        int rows = 4 * workers.Count;
        using NativeBuffer buffer = new(2L * VectorLength);
        VectorSum sum = new(buffer.Vector(0, VectorLength), buffer.Vector(VectorLength, VectorLength), Stretch);
        double operations = rows * peak.OperationsPerRow / Best(() => workers.Run(peak, rows, 1));
        double bytes = 3.0 * sizeof(float) * VectorLength / Best(() => workers.Run(sum, VectorLength / Stretch, 1));
        return new ProcessorLimits(operations, bytes);
    }

    private static double Best(Action action)
    {
        action();
        double best = double.PositiveInfinity;
        for (int run = 0; run < 5; run++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }
}
