namespace TinT.Accounting.Kernels;

/// <summary>N (LN₀(x + ∂y∘gain/N) − x̂), with the gain here unless it is a matrix of its own, and the residual.</summary>
internal sealed class NormBackwardAccount : KernelAccount
{
    public static KernelAccount Instance { get; } = new NormBackwardAccount();

    public override OperationCost Work(KernelRun run)
    {
        long gain = run.Kernel.Parameters.Count > 0 ? run.Weight.Length : 0;
        int each = ElementOperations.Difference + (gain > 0 ? 1 : 0) + (run.Kernel.Residual is null ? 0 : 1);
        return run.Normalization + OperationCost.Of(elements: each * run.Elements, parametersRead: gain);
    }
}
