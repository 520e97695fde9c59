using TinT.Accounting.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using TinT.Model.Runs;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Cpu.Threads;
using TinT.Runtime.Execution;

namespace TinT.Accounting.Memory;

/// <summary>The memory of a run of the compiled simulator on this machine's processor, in bytes; the program itself and its code are not counted.</summary>
/// <param name="Division">How the sequences are divided among the threads: those that run side by side have working memory of their own.</param>
/// <param name="Weights">Stored weights.</param>
/// <param name="Updated">Copies that inner steps update: in the dual form of norms' biases only.</param>
/// <param name="TransientBuffers">Activations that layers share.</param>
/// <param name="MemorySlots">What the trained layers keep from their forward for their backward pass and, in the dual form of the update, for passes after the step.</param>
/// <param name="HeadBlock">The head's block of logits.</param>
/// <param name="SharedScratch">Packed operands that all threads see.</param>
/// <param name="ThreadScratch">Packed operands of the threads themselves, at most.</param>
/// <param name="Results">Logits and losses that the caller gets, all sequences together.</param>
public sealed record MemoryPlan(
    BatchDivision Division,
    long Weights,
    long Updated,
    long TransientBuffers,
    long MemorySlots,
    long HeadBlock,
    long SharedScratch,
    long ThreadScratch,
    long Results)
{
    /// <summary>The arena: buffers, slots and the head's block.</summary>
    public long Arena => TransientBuffers + MemorySlots + HeadBlock;

    /// <summary>All of it, which is held at the end of a run.</summary>
    public long Peak => Weights + Updated + Arena + SharedScratch + ThreadScratch + Results;

    /// <summary>Plans the memory of a run.</summary>
    /// <param name="program">The kernels.</param>
    /// <param name="parameters">The weights.</param>
    /// <param name="buffers">The arena.</param>
    /// <param name="run">The run.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="logits">Whether the caller wants logits.</param>
    public static MemoryPlan Of(KernelProgram program, ParameterLayout parameters, BufferPlan buffers, PlannedRun run, int threads, bool logits = true)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(buffers);
        ArgumentNullException.ThrowIfNull(run);
        UpdateForm form = program.FormOf(run.Tokens);
        BatchDivision division = DivisionOf(program, parameters, buffers, run, threads);
        (int together, int sideBySide) = (division.Together, division.SideBySide);
        long rows = sideBySide * (long)ArenaPlan.RoundUp(together * run.Tokens);
        ScratchSize scratch = ScratchOf(program, parameters, buffers, run, new ScratchRun(together, sideBySide > 1 ? 1 : threads, logits));
        long tokens = (long)run.BatchSize * run.Tokens;
        return new MemoryPlan(
            division,
            Bytes(parameters.StoredLength) - (run.Weights == WeightStorage.SinglePrecision ? 0 : Bytes(parameters.NarrowableLength) / 2),
            sideBySide * Bytes((form == UpdateForm.Primal ? parameters.UpdatedLength : 0) + (together * parameters.SequenceLength)),
            Bytes(buffers.TransientColumns * rows),
            Bytes((buffers.ColumnsPerToken(form, run.Steps) - buffers.TransientColumns) * rows),
            sideBySide * Bytes(buffers.HeadLength),
            sideBySide * Bytes(scratch.Shared),
            (sideBySide > 1 ? sideBySide : threads) * Bytes(scratch.PerWorker),
            2 * Bytes(tokens + (logits ? tokens * buffers.HeadColumns : 0)));
    }

    private static BatchDivision DivisionOf(KernelProgram program, ParameterLayout parameters, BufferPlan buffers, PlannedRun run, int threads)
    {
        UpdateForm form = program.FormOf(run.Tokens);
        WorkingFloats memory = new(
            buffers.ColumnsPerToken(form, run.Steps), parameters.SequenceLength, buffers.HeadLength + (form == UpdateForm.Primal ? parameters.UpdatedLength : 0));
        return BatchDivision.Of(run.BatchSize, run.Tokens, form == UpdateForm.Dual, memory, new SimulatorOptions { Threads = threads });
    }

    private static long Bytes(long floats) => floats * OperationCost.NumberBytes;

    /// <summary>The largest need of any kernel.</summary>
    private static ScratchSize ScratchOf(KernelProgram program, ParameterLayout parameters, BufferPlan buffers, PlannedRun run, ScratchRun memory)
    {
        KernelCosts costs = new(program.Spec, parameters, buffers, run, allLogits: memory.Logits);
        IEnumerable<ScratchSize> needs =
            from routine in program.Routines
            where routine.Kind != RoutineKind.WriteUpdates
            from kernel in routine.Kernels
            where kernel.Form is null || kernel.Form == program.FormOf(run.Tokens)
            select costs.ScratchOf(routine.Kind, kernel, memory);
        return needs.Aggregate(default(ScratchSize), (most, need) => most.Or(need));
    }
}
