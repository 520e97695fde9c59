using System.Diagnostics;

namespace TinT.Runtime.Execution;

/// <summary>Adds up how long each kernel of a run takes: from the mark before it to its own.</summary>
/// <param name="kernels">Numbers of kernels.</param>
public sealed class KernelClock(int kernels)
{
    private readonly long[] ticks = new long[kernels];
    private readonly long[] calls = new long[kernels];
    private long last;
    private long allocatedBefore;

    /// <summary>Whether a device is waited for at every mark, without which its kernels have no times of their own; runs are faster when it is not.</summary>
    public bool WaitsForDevice { get; set; } = true;

    /// <summary>Bytes that the thread of the run has allocated on the managed heap while the clock ran.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        Array.Clear(ticks);
        Array.Clear(calls);
        AllocatedBytes = 0;
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
    public void Stop() => AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;

    /// <summary>Seconds of all calls of a kernel.</summary>
    /// <param name="kernel">Its number.</param>
    public double Seconds(int kernel) => (double)ticks[kernel] / Stopwatch.Frequency;

    /// <summary>Calls of a kernel.</summary>
    /// <param name="kernel">Its number.</param>
    public long Calls(int kernel) => calls[kernel];
}
