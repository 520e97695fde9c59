using TinT.Accounting.Launches;

namespace TinT.Accounting.Kernels;

/// <summary>One evaluation for each element.</summary>
internal sealed class ActivationAccount : KernelAccount
{
    public static KernelAccount Instance { get; } = new ActivationAccount();

    public override OperationCost Work(KernelRun run) => OperationCost.Of(elements: run.Activation * run.Elements);

    public override IEnumerable<GpuLaunch> Launches(LaunchRun run) => run.EachElement(run.Activation, reads: 1);
}
