using TinT.Accounting.Launches;

namespace TinT.Accounting.Kernels;

/// <summary>An addition for each element of each head but the first of its group.</summary>
internal sealed class SumGroupsAccount : KernelAccount
{
    public static KernelAccount Instance { get; } = new SumGroupsAccount();

    public override OperationCost Work(KernelRun run) => OperationCost.Of(elements: (run.Spec.Auxiliary.Model.GroupSize - 1) * run.Elements);

    public override IEnumerable<GpuLaunch> Launches(LaunchRun run) => run.EachElement(run.Auxiliary.GroupSize - 1, run.Auxiliary.GroupSize);
}
