using TinT.Accounting.Launches;
using TinT.Model.Runs;

namespace TinT.Accounting.Gpu;

/// <summary>What one GPU kernel costs in a run, launches alike taken together.</summary>
/// <param name="Launches">Its launches in all sequences; those of the head differ in their rows.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Operations">Operations of all of them.</param>
/// <param name="Bytes">Bytes of global memory of all of them.</param>
/// <param name="Seconds">The least time of all of them on the device.</param>
/// <param name="BoundByMemory">Whether most of that time is for bytes.</param>
public sealed record GpuKernelCost(IReadOnlyList<GpuLaunch> Launches, long Count, long Operations, long Bytes, double Seconds, bool BoundByMemory)
{
    /// <summary>The routine that it belongs to.</summary>
    public RoutineKind Routine => Largest.Routine;

    /// <summary>For the head: what the pass is for.</summary>
    public HeadPass? Head => Largest.Head;

    /// <summary>The kernel.</summary>
    public string Kernel => Largest.Kernel;

    /// <summary>The launch with the most groups.</summary>
    public GpuLaunch Largest => Launches.MaxBy(launch => launch.Groups)!;

    /// <summary>Operations for each byte of global memory.</summary>
    public double Intensity => (double)Operations / Bytes;

    /// <summary>Adds up launches of one kernel.</summary>
    /// <param name="launches">Its launches in one sequence.</param>
    /// <param name="batchSize">Sequences.</param>
    /// <param name="profile">The device.</param>
    public static GpuKernelCost Of(IReadOnlyList<GpuLaunch> launches, int batchSize, GpuProfile profile)
    {
        ArgumentNullException.ThrowIfNull(launches);
        ArgumentNullException.ThrowIfNull(profile);
        double seconds = launches.Sum(profile.Seconds);
        return new GpuKernelCost(
            launches,
            (long)batchSize * launches.Count,
            batchSize * launches.Sum(launch => launch.Operations),
            batchSize * launches.Sum(launch => launch.Bytes),
            batchSize * seconds,
            launches.Where(profile.IsBoundByMemory).Sum(profile.Seconds) > seconds / 2);
    }
}
