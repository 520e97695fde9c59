using TinT.Accounting.Launches;
using TinT.Runtime.Cpu;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Accounting.Kernels;

/// <summary>Scores and A v for the keys up to each query.</summary>
internal sealed class AttentionAccount : KernelAccount
{
    public static KernelAccount Instance { get; } = new AttentionAccount();

    public override OperationCost Work(KernelRun run)
    {
        long pairs = KernelRun.CausalPairs(run.Run.Tokens);
        int each = ElementOperations.Softmax + (run.Spec.Auxiliary.Model.ScoreCap is null ? 0 : ElementOperations.Cap);
        return OperationCost.Of(products: 2 * 2 * pairs * run.Columns(0), elements: (each * pairs * run.Spec.Auxiliary.HeadCount) + run.Elements);
    }

    public override ScratchSize Scratch(KernelRun run, ScratchRun memory) =>
        OperationScratch.Attention(run.Run.Tokens, run.Spec.Auxiliary.HeadSize, run.Spec.Auxiliary.Model.KeyValueHeadCount);

    public override IEnumerable<GpuLaunch> Launches(LaunchRun run) => [run.Attention.Forward(run.Name, run.Rows)];
}
