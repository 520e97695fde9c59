using TinT.Accounting.Launches;

namespace TinT.Accounting.Kernels;

/// <summary>x̂ and r.</summary>
internal sealed class NormalizeAccount : KernelAccount
{
    public static KernelAccount Instance { get; } = new NormalizeAccount();

    public override OperationCost Work(KernelRun run) => run.Normalization;

    public override IEnumerable<GpuLaunch> Launches(LaunchRun run) => [LaunchOf(run, factors: 0, writes: 1)];

    /// <summary>Turns over a row: the mean if the norm needs one, the squares of the deviations, and the results.</summary>
    /// <param name="run">The kernel.</param>
    /// <param name="factors">Vectors that results are multiplied with or added to.</param>
    /// <param name="writes">Results for each element.</param>
    internal static GpuLaunch LaunchOf(LaunchRun run, int factors, int writes)
    {
        long width = run.Columns(0);
        return run.Shapes.Rows(
            run.Name,
            run.Rows,
            run.Rows * (((run.Norm.Operations + factors) * width) + run.Norm.RowOperations),
            run.Rows * ((run.Norm.IsCentred ? 3 : 2) + factors) * width,
            run.Rows * ((writes * width) + (run.Kernel.Outputs.Count > 1 ? 1 : 0)));
    }
}
