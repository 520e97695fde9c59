namespace TinT.Accounting.Kernels;

/// <summary>Two evaluations and their difference, as it is written, for each element.</summary>
internal sealed class ActivationBackwardAccount : KernelAccount
{
    public static KernelAccount Instance { get; } = new ActivationBackwardAccount();

    public override OperationCost Work(KernelRun run) => OperationCost.Of(elements: ((2 * run.Activation) + ElementOperations.Difference) * run.Elements);
}
