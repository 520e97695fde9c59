using TinT.Accounting.Launches;
using TinT.Compiler.Emission.Ilgpu.Kernels;
using TinT.Model;

namespace TinT.Accounting.Kernels;

/// <summary>Two products and a sum for each turned element.</summary>
internal sealed class RotateAccount : KernelAccount
{
    private const int OfElement = 3;

    public static KernelAccount Instance { get; } = new RotateAccount();

    public override OperationCost Work(KernelRun run)
    {
        AuxiliaryDescription model = run.Spec.Auxiliary.Model;
        return OperationCost.Of(elements: OfElement * run.Elements / model.HeadSize * model.Rotary!.Size);
    }

    public override IEnumerable<GpuLaunch> Launches(LaunchRun run) =>
        [LaunchShapes.Elements(
            RotateKernel.NameOf(run.Model, run.Kernel), run.Rows * RotateKernel.PairsOf(run.Model, run.Kernel), operations: 6, reads: 5, writes: 2)];
}
