using TinT.Accounting.Launches;

namespace TinT.Accounting.Kernels;

/// <summary>Three evaluations, the difference of two as it is written, and two products for each element.</summary>
internal sealed class GateBackwardAccount : KernelAccount
{
    public static KernelAccount Instance { get; } = new GateBackwardAccount();

    public override OperationCost Work(KernelRun run) => OperationCost.Of(elements: ((3 * run.Activation) + ElementOperations.Difference + 2) * run.Elements);

    public override IEnumerable<GpuLaunch> Launches(LaunchRun run) => run.EachElement(run.GateGradient, reads: 3, writes: 2);
}
