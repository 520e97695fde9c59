using TinT.Model;

namespace TinT.Accounting.Kernels;

/// <summary>Two products and a sum for each turned element.</summary>
internal sealed class RotateAccount : KernelAccount
{
    private const int OfElement = 3;

    public static KernelAccount Instance { get; } = new RotateAccount();

    public override OperationCost Work(KernelRun run)
    {
        AuxiliaryDescription model = run.Spec.Auxiliary.Model;
        return OperationCost.Of(elements: OfElement * run.Elements / model.HeadSize * model.Rotary!.Size);
    }
}
