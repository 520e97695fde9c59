namespace TinT.Accounting.Kernels;

/// <summary>An addition for each element of each head but the first of its group.</summary>
internal sealed class SumGroupsAccount : KernelAccount
{
    public static KernelAccount Instance { get; } = new SumGroupsAccount();

    public override OperationCost Work(KernelRun run) => OperationCost.Of(elements: (run.Spec.Auxiliary.Model.GroupSize - 1) * run.Elements);
}
