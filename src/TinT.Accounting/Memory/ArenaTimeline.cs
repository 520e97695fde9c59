using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;

namespace TinT.Accounting.Memory;

/// <summary>The arena over time, as it was planned: buffers that are never needed together share floats.</summary>
/// <param name="Kernels">Kernels in the order of a run that has two layers and two steps, in which every value that crosses from one to the next does so.</param>
/// <param name="Buffers">The buffers, transient ones first.</param>
public sealed record ArenaTimeline(IReadOnlyList<Kernel> Kernels, IReadOnlyList<BufferLife> Buffers)
{
    /// <summary>Follows the buffers of a plan.</summary>
    /// <param name="program">The kernels.</param>
    /// <param name="buffers">The arena.</param>
    public static ArenaTimeline Of(KernelProgram program, BufferPlan buffers)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(buffers);
        IReadOnlyList<Kernel> timeline = Timeline.Of(program);
        Liveness liveness = Liveness.Of(timeline);
        return new ArenaTimeline(timeline, [.. buffers.Buffers.Select(buffer => new BufferLife(buffer, Intervals(liveness.Of(buffer.Name))))]);
    }

    private static List<(int First, int Last)> Intervals(IReadOnlyList<bool> live)
    {
        List<(int, int)> intervals = [];
        for (int start = 0; start < live.Count; start++)
        {
            if (!live[start])
                continue;
            int end = start;
            while (end + 1 < live.Count && live[end + 1])
                end++;
            intervals.Add((start, end));
            start = end;
        }

        return intervals;
    }
}
