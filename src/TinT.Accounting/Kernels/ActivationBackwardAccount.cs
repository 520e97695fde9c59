using TinT.Accounting.Launches;

namespace TinT.Accounting.Kernels;

/// <summary>Two evaluations and their difference, as it is written, for each element.</summary>
internal sealed class ActivationBackwardAccount : KernelAccount
{
    public static KernelAccount Instance { get; } = new ActivationBackwardAccount();

    public override OperationCost Work(KernelRun run) => OperationCost.Of(elements: ((2 * run.Activation) + ElementOperations.Difference) * run.Elements);

    public override IEnumerable<GpuLaunch> Launches(LaunchRun run) => run.EachElement(run.ActivationGradient, reads: 2);
}
