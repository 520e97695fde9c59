using TinT.Accounting.Launches;
using TinT.Runtime.Cpu;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Accounting.Kernels;

/// <summary>Scores of all rows with the training rows of one earlier step, + c, · −lr, and their product with the values, added to the result.</summary>
internal sealed class LinearAttentionAccount : KernelAccount
{
    public static KernelAccount Instance { get; } = new LinearAttentionAccount();

    public override bool MovesOperands => false;

    public override OperationCost Work(KernelRun run)
    {
        long keys = run.Columns(1);
        long values = run.Columns(2);
        long training = run.Run.TrainingTokens;
        return OperationCost.Of(
            products: 2 * run.Rows * training * (keys + values),
            elements: (2 * run.Rows * training) + (run.Rows * values),
            read: (run.Rows * (keys + values)) + (training * (keys + values)),
            written: run.Rows * values);
    }

    /// <summary>Forwards all tokens attend, backwards, after the first of several steps, the training tokens.</summary>
    public override ScratchSize Scratch(KernelRun run, ScratchRun memory)
    {
        int trained = run.Run.TrainingTokens;
        bool backwards = run.Kernel.Transposed;
        bool attends = trained > 0 && !(backwards && run.Run.Steps == 1);
        return attends
            ? OperationScratch.LinearAttention(backwards ? trained : run.Run.Tokens, trained, run.Columns(1), run.Columns(2), memory.Threads)
            : default;
    }

    public override IEnumerable<GpuLaunch> Launches(LaunchRun run) =>
        [run.Shapes.LinearAttention(run.Name, run.Rows, run.Run.TrainingTokens, run.Kernel.Inputs[1].Columns, run.ResultColumns)];
}
