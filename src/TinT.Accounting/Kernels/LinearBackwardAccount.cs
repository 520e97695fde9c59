using TinT.Accounting.Launches;
using TinT.Compiler.Lowering;
using TinT.Runtime.Cpu;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Accounting.Kernels;

/// <summary>A product.</summary>
internal sealed class LinearBackwardAccount : KernelAccount
{
    public static KernelAccount Instance { get; } = new LinearBackwardAccount();

    public override bool ReadsMatrix => true;

    public override OperationCost Work(KernelRun run) => run.Product;

    public override ScratchSize Scratch(KernelRun run, ScratchRun memory) =>
        OperationScratch.LinearBackward(
            memory.Together * run.Run.TrainingTokens * run.Kernel.Heads, run.Kernel.Outputs[0].Columns / run.Kernel.Heads, run.Columns(0), memory.Threads);

    public override IEnumerable<GpuLaunch> Launches(LaunchRun run)
    {
        (int reads, int writes, int operations) = run.Step.Activation?.Kind switch
        {
            null => (0, 1, 0),
            KernelKind.GateBackward => (2, 2, run.GateGradient),
            _ => (1, 1, run.ActivationGradient),
        };
        return [run.Shapes.Product(run.Name, run.Rows, run.ResultColumns, run.Columns(0), run.Adds + reads, writes, run.Adds + operations)];
    }
}
