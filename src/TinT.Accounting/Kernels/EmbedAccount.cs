using TinT.Accounting.Launches;
using TinT.Compiler.Kernels;

namespace TinT.Accounting.Kernels;

/// <summary>A row of each table for each token, and their sum.</summary>
internal sealed class EmbedAccount : KernelAccount
{
    public static KernelAccount Instance { get; } = new EmbedAccount();

    public override bool ReadsTables => true;

    public override OperationCost Work(KernelRun run) =>
        OperationCost.Of(elements: (run.Kernel.Parameters.Count - 1) * run.Elements, parametersRead: run.Kernel.Parameters.Count * run.Elements);

    public override IEnumerable<GpuLaunch> Launches(LaunchRun run)
    {
        int tables = run.Kernel.Parameters.Count;
        int scaled = run.Auxiliary.ScalesEmbeddings && Embed.HasTokens(run.Kernel) ? 1 : 0;
        return run.EachElement(tables - 1 + scaled, reads: 2 * tables);
    }
}
