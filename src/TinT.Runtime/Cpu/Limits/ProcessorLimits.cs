using System.ComponentModel;
using System.Diagnostics;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Runtime.Cpu.Limits;

/// <summary>What bounds every kernel on this machine: the roofline of S. Williams, A. Waterman, D. Patterson, CACM 52(4), 2009.</summary>
/// <param name="OperationsPerSecond">Multiplications and additions of all workers, from chains of fused multiply-adds in registers.</param>
/// <param name="BytesPerSecond">Bytes to and from memory, from adding vectors that no cache holds.</param>
/// <param name="TypicalOperationsPerSecond">The median of the multiply-adds instead of the best: what the machine gave at the time.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ProcessorLimits(double OperationsPerSecond, double BytesPerSecond, double TypicalOperationsPerSecond)
{
    private const int VectorLength = 1 << 25;
    private const int Stretch = 1 << 16;

    /// <summary>The larger of each limit – other work on the machine only ever takes away – and the median of what was typical.</summary>
    /// <param name="measurements">At least one.</param>
    public static ProcessorLimits Of(IReadOnlyCollection<ProcessorLimits> measurements) => new(
        measurements.Max(limits => limits.OperationsPerSecond),
        measurements.Max(limits => limits.BytesPerSecond),
        Median(measurements.Select(limits => limits.TypicalOperationsPerSecond)));

    /// <summary>The least time for some work.</summary>
    /// <param name="operations">Operations.</param>
    /// <param name="bytes">Bytes.</param>
    public double Seconds(double operations, double bytes) => Math.Max(operations / OperationsPerSecond, bytes / BytesPerSecond);

    /// <summary>Measures, a few runs of each, for about half a second.</summary>
    /// <param name="workers">Who computes.</param>
    /// <exception cref="BufferAllocationException">The operating system refuses 256 MiB.</exception>
    public static ProcessorLimits Measure(Workers workers)
    {
        ArgumentNullException.ThrowIfNull(workers);
        FusedMultiplyAddPeak peak = new(400_000);
        int rows = 4 * workers.Count;
        using NativeBuffer buffer = new(2L * VectorLength);
        VectorSum sum = new(buffer.Vector(0, VectorLength), buffer.Vector(VectorLength, VectorLength), Stretch);
        double operations = rows * peak.OperationsPerRow;
        double[] multiplying = Times(() => workers.Run(peak, rows, 1), 15);
        double bytes = 3.0 * sizeof(float) * VectorLength;
        double[] adding = Times(() => workers.Run(sum, VectorLength / Stretch, 1), 5);
        return new ProcessorLimits(operations / multiplying.Min(), bytes / adding.Min(), operations / Median(multiplying));
    }

    private static double[] Times(Action action, int runs)
    {
        action();
        double[] seconds = new double[runs];
        for (int run = 0; run < runs; run++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            seconds[run] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return seconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
