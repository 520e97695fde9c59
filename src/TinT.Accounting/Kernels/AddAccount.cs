using TinT.Accounting.Launches;

namespace TinT.Accounting.Kernels;

/// <summary>One addition for each term but the first.</summary>
internal sealed class AddAccount : KernelAccount
{
    public static KernelAccount Instance { get; } = new AddAccount();

    public override OperationCost Work(KernelRun run) => OperationCost.Of(elements: (run.Kernel.Inputs.Count - 1) * run.Elements);

    public override IEnumerable<GpuLaunch> Launches(LaunchRun run) => run.EachElement(operations: 1, reads: 2);
}
