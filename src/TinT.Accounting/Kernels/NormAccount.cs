using TinT.Accounting.Launches;

namespace TinT.Accounting.Kernels;

/// <summary>x̂ and r, ∘ gain, + β.</summary>
internal sealed class NormAccount : KernelAccount
{
    public static KernelAccount Instance { get; } = new NormAccount();

    public override OperationCost Work(KernelRun run) =>
        run.Normalization + OperationCost.Of(
            elements: (run.BiasLength > 0 ? ElementOperations.GainAndBias : 1) * run.Elements, parametersRead: run.Weight.Length + run.BiasLength);

    public override IEnumerable<GpuLaunch> Launches(LaunchRun run) =>
        [NormalizeAccount.LaunchOf(run, factors: 1 + run.Biases, writes: run.Kernel.Outputs.Count > 1 ? 2 : 1)];
}
