namespace TinT.Accounting.Kernels;

/// <summary>A row of each table for each token, and their sum.</summary>
internal sealed class EmbedAccount : KernelAccount
{
    public static KernelAccount Instance { get; } = new EmbedAccount();

    public override bool ReadsTables => true;

    public override OperationCost Work(KernelRun run) => OperationCost.Of(elements: (run.Kernel.Parameters.Count - 1) * run.Elements, parametersRead: run.Kernel.Parameters.Count * run.Elements);
}
