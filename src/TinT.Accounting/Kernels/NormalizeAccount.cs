namespace TinT.Accounting.Kernels;

/// <summary>x̂ and r.</summary>
internal sealed class NormalizeAccount : KernelAccount
{
    public static KernelAccount Instance { get; } = new NormalizeAccount();

    public override OperationCost Work(KernelRun run) => run.Normalization;
}
