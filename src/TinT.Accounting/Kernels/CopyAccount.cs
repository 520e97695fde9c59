using TinT.Accounting.Launches;

namespace TinT.Accounting.Kernels;

/// <summary>A copy moves its operands and computes nothing.</summary>
internal sealed class CopyAccount : KernelAccount
{
    public static KernelAccount Instance { get; } = new CopyAccount();

    public override OperationCost Work(KernelRun run) => default;

    public override IEnumerable<GpuLaunch> Launches(LaunchRun run) => run.EachElement(operations: 0, reads: 1);
}
