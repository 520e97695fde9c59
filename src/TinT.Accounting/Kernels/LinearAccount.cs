using TinT.Accounting.Launches;
using TinT.Compiler.Lowering;
using TinT.Runtime.Cpu;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Accounting.Kernels;

/// <summary>A product, + b, + residual.</summary>
internal sealed class LinearAccount : KernelAccount
{
    public static KernelAccount Instance { get; } = new LinearAccount();

    public override bool ReadsMatrix => true;

    public override OperationCost Work(KernelRun run)
    {
        int added = (run.Kernel.BiasShare == Share.None ? 0 : 1) + (run.Kernel.Residual is null ? 0 : 1);
        return run.Product + OperationCost.Of(elements: added * run.Elements, parametersRead: run.BiasLength);
    }

    public override ScratchSize Scratch(KernelRun run, ScratchRun memory) =>
        OperationScratch.Linear(
            memory.Together * run.Run.Tokens * run.Kernel.Heads, run.Columns(0), run.Kernel.Outputs[0].Columns / run.Kernel.Heads, memory.Threads);

    public override IEnumerable<GpuLaunch> Launches(LaunchRun run)
    {
        int activated = run.Step.Activation is null ? 0 : 1;
        int added = run.Biases + run.Adds;
        return
        [
            run.Shapes.Product(
                run.Name, run.Rows, run.ResultColumns, run.Columns(0), reads: added, writes: 1 + activated, operations: added + (activated * run.Activation)),
        ];
    }
}
