namespace TinT.Accounting.Kernels;

/// <summary>x̂ and r, ∘ gain, + β.</summary>
internal sealed class LayerNormAccount : KernelAccount
{
    public static KernelAccount Instance { get; } = new LayerNormAccount();

    public override OperationCost Work(KernelRun run) =>
        run.Normalization + OperationCost.Of(elements: ElementOperations.GainAndBias * run.Elements, parametersRead: run.Weight.Length + run.BiasLength);
}
