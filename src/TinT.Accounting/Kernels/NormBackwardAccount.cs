using TinT.Accounting.Launches;

namespace TinT.Accounting.Kernels;

/// <summary>N (LN₀(x + ∂y∘gain/N) − x̂), with the gain here unless it is a matrix of its own, and the residual.</summary>
internal sealed class NormBackwardAccount : KernelAccount
{
    public static KernelAccount Instance { get; } = new NormBackwardAccount();

    public override OperationCost Work(KernelRun run)
    {
        long gain = run.Kernel.Parameters.Count > 0 ? run.Weight.Length : 0;
        int each = ElementOperations.Difference + (gain > 0 ? 1 : 0) + (run.Kernel.Residual is null ? 0 : 1);
        return run.Normalization + OperationCost.Of(elements: each * run.Elements, parametersRead: gain);
    }

    /// <summary>As many turns over a row as the norm; every thread reads r for itself.</summary>
    public override IEnumerable<GpuLaunch> Launches(LaunchRun run)
    {
        bool gain = run.Kernel.Parameters.Count > 0;
        long width = run.ResultColumns;
        int operations = run.Norm.Operations + ElementOperations.Difference + (gain ? 1 : 0) + run.Adds;
        int reads = ((run.Norm.IsCentred ? 3 : 2) * (gain ? 2 : 1)) + 2 + run.Adds;
        return
        [
            run.Shapes.Rows(
                run.Name,
                run.Rows,
                run.Rows * ((operations * width) + run.Norm.RowOperations),
                run.Rows * ((reads * width) + run.Shapes.Tile.Threads),
                run.Rows * width),
        ];
    }
}
