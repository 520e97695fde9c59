using System.Diagnostics;

namespace TinT.Runtime.Execution;

/// <summary>Adds up how long each kernel of a run takes: from the mark before it to its own.</summary>
/// <param name="kernels">Numbers of kernels.</param>
public sealed class KernelClock(int kernels)
{
    private readonly long[] ticks = new long[kernels];
    private readonly long[] calls = new long[kernels];
    private readonly List<KernelClock> parts = [];
    private long allocated;
    private long last;
    private long allocatedBefore;

    /// <summary>Whether a device is waited for at every mark, without which its kernels have no times of their own; runs are faster when it is not.</summary>
    public bool WaitsForDevice { get; set; } = true;

    /// <summary>Bytes that the threads of the run have allocated on the managed heap while the clock ran.</summary>
    public long AllocatedBytes => allocated + parts.Sum(part => part.allocated);

    /// <summary>A clock of passes that may run at the same time as those of other parts.</summary>
    public KernelClock Part()
    {
        KernelClock part = new(ticks.Length);
        parts.Add(part);
        return part;
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        Array.Clear(ticks);
        Array.Clear(calls);
        allocated = 0;
        foreach (KernelClock part in parts)
            part.Reset();
    }

    /// <summary>Begins the passes over some sequences.</summary>
    public void Start()
    {
        allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        last = Stopwatch.GetTimestamp();
    }

    /// <summary>A call of a kernel has ended.</summary>
    /// <param name="kernel">Its number.</param>
    public void Mark(int kernel)
    {
        long now = Stopwatch.GetTimestamp();
        ticks[kernel] += now - last;
        calls[kernel]++;
        last = now;
    }

    /// <summary>The passes have ended.</summary>
    public void Stop() => allocated += GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;

    /// <summary>Seconds of all calls of a kernel, those of parts divided by how many of them ran side by side.</summary>
    /// <param name="kernel">Its number.</param>
    public double Seconds(int kernel) =>
        (ticks[kernel] + ((double)parts.Sum(part => part.ticks[kernel]) / Math.Max(1, parts.Count(part => part.calls.Any(count => count > 0))))) / Stopwatch.Frequency;

    /// <summary>Calls of a kernel.</summary>
    /// <param name="kernel">Its number.</param>
    public long Calls(int kernel) => calls[kernel] + parts.Sum(part => part.calls[kernel]);
}
