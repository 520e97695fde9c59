using TinT.Accounting.Launches;

namespace TinT.Accounting.Kernels;

/// <summary>A sum over rows, and its step on every element.</summary>
internal sealed class BiasDescentAccount : KernelAccount
{
    public static KernelAccount Instance { get; } = new BiasDescentAccount();

    public override OperationCost Work(KernelRun run) =>
        OperationCost.Of(elements: run.Rows * run.BiasLength, parametersRead: run.BiasLength) + KernelRun.Descent(run.BiasLength);

    public override IEnumerable<GpuLaunch> Launches(LaunchRun run) => [run.Shapes.ColumnSums(run.Name, run.Rows, run.Columns(0), reads: 1)];
}
