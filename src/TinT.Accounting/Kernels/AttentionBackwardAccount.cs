using TinT.Accounting.Launches;
using TinT.Compiler.Emission.Ilgpu.Kernels;
using TinT.Runtime.Cpu;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Accounting.Kernels;

/// <summary>Scores again, ∂v = Aᵀ ∂c and, with exact scores, ∂A = ∂c vᵀ, ∂q = ∂S k and ∂k = ∂Sᵀ q; the training part comes first.</summary>
internal sealed class AttentionBackwardAccount : KernelAccount
{
    public static KernelAccount Instance { get; } = new AttentionBackwardAccount();

    public override OperationCost Work(KernelRun run)
    {
        long pairs = KernelRun.CausalPairs(run.Run.TrainingTokens);
        bool exact = IsExact(run);
        return OperationCost.Of(
            products: 2 * (exact ? 5 : 2) * pairs * run.Columns(0),
            elements: (ElementOperations.Softmax + 1 + (exact ? ElementOperations.ThroughSoftmax : 0) + (IsCapped(run) ? ElementOperations.Cap : 0)
                + (IsCapped(run) && exact ? ElementOperations.CapSlope : 0)) * pairs * run.Spec.Auxiliary.HeadCount);
    }

    public override ScratchSize Scratch(KernelRun run, ScratchRun memory) =>
        OperationScratch.AttentionBackward(
            run.Run.Tokens,
            run.Run.TrainingTokens,
            run.Spec.Auxiliary.HeadSize,
            run.Spec.Auxiliary.HeadCount,
            run.Spec.Auxiliary.Model.KeyValueHeadCount,
            IsExact(run),
            IsCapped(run));

    private static bool IsExact(KernelRun run) => run.Kernel.Outputs.Count > 1;

    private static bool IsCapped(KernelRun run) => run.Spec.Auxiliary.Model.ScoreCap is not null;

    public override IEnumerable<GpuLaunch> Launches(LaunchRun run)
    {
        AttentionLaunches attention = run.Attention;
        bool exact = AttentionBackwardKernels.IsExact(run.Kernel);
        yield return attention.Statistics(AttentionBackwardKernels.Statistics, run.Rows, exact);
        yield return attention.OfKeys("AttentionToValues", run.Rows, slopes: false);
        if (!exact)
            yield break;
        yield return attention.OfQueries("AttentionToQueries", run.Rows);
        yield return attention.OfKeys("AttentionToKeys", run.Rows, slopes: true);
    }
}
