using TinT.Accounting.Launches;

namespace TinT.Accounting.Kernels;

/// <summary>One evaluation and one product for each element.</summary>
internal sealed class GateAccount : KernelAccount
{
    public static KernelAccount Instance { get; } = new GateAccount();

    public override OperationCost Work(KernelRun run) => OperationCost.Of(elements: (run.Activation + 1) * run.Elements);

    public override IEnumerable<GpuLaunch> Launches(LaunchRun run) => run.EachElement(run.Activation + 1, reads: 2);
}
