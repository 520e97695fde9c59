using TinT.Accounting.Launches;

namespace TinT.Accounting.Kernels;

/// <summary>A sum of products over rows, and its step on every element.</summary>
internal sealed class GainDescentAccount : KernelAccount
{
    public static KernelAccount Instance { get; } = new GainDescentAccount();

    public override OperationCost Work(KernelRun run) =>
        OperationCost.Of(elements: 2 * run.Rows * run.Kernel.Heads * run.Weight.Length, parametersRead: run.Weight.Length)
        + KernelRun.Descent(run.Weight.Length);

    public override IEnumerable<GpuLaunch> Launches(LaunchRun run) => [run.Shapes.ColumnSums(run.Name, run.Rows, run.Columns(0), reads: 1, factors: 2)];
}
