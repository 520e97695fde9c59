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
        OperationScratch.LinearBackward(memory.Together * run.Run.TrainingTokens * run.Kernel.Heads, run.Kernel.Outputs[0].Columns / run.Kernel.Heads, run.Columns(0), memory.Threads);
}
