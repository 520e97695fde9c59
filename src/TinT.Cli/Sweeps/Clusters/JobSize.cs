using TinT.Cli.Sweeps.Evaluations;
using TinT.Cli.Sweeps.Work;

namespace TinT.Cli.Sweeps.Clusters;

/// <summary>What a process of a sweep needs on a cluster.</summary>
/// <param name="Cores">Processor cores.</param>
/// <param name="Megabytes">MiB of memory.</param>
/// <param name="Minutes">Minutes at most.</param>
internal sealed record JobSize(int Cores, int Megabytes, int Minutes)
{
    /// <summary>MiB of the program itself with its compiler.</summary>
    private const int Program = 400;

    /// <summary>Minutes to start, to compile the specs and to load weights.</summary>
    private const int Start = 3;

    /// <summary>From the plan: memory and a quarter more; the time of what is left and as much again, since other machines may be slower and others' work may be taken over.</summary>
    /// <param name="plan">The plan, with time measured.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="left">Units that are not finished.</param>
    /// <param name="tasks">Processes that share them.</param>
    public static JobSize Of(SweepPlan plan, ClusterRequest request, IReadOnlyCollection<PlannedUnit> left, int tasks)
    {
        double time = plan.Speed is null ? 0 : plan.Speed.TimeOf(left).TotalMinutes / tasks;
        return new JobSize(
            plan.Sweep.Evaluations[0].Entry.Simulator.Threads,
            request.Megabytes ?? Program + (int)Math.Ceiling(1.25 * plan.Memory / (1 << 20)),
            request.Minutes ?? Start + (int)Math.Ceiling(2 * time));
    }
}
