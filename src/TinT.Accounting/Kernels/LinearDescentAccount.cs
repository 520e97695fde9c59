using TinT.Accounting.Launches;
using TinT.Runtime.Cpu;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Accounting.Kernels;

/// <summary>A product, and its step on every weight.</summary>
internal sealed class LinearDescentAccount : KernelAccount
{
    public static KernelAccount Instance { get; } = new LinearDescentAccount();

    public override bool ReadsMatrix => true;

    public override OperationCost Work(KernelRun run) => run.Product + KernelRun.Descent(run.Weight.Length);

    public override ScratchSize Scratch(KernelRun run, ScratchRun memory) =>
        run.Run.TrainingTokens == 0
            ? default
            : OperationScratch.LinearDescent(run.Run.TrainingTokens * run.Kernel.Heads, run.Columns(1), run.Columns(0), memory.Threads);

    public override IEnumerable<GpuLaunch> Launches(LaunchRun run) =>
        [run.Shapes.Product(run.Name, run.Columns(0), run.Columns(1), run.Rows, reads: 1, writes: 1, ElementOperations.Descent)];
}
