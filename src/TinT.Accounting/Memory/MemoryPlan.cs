using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using TinT.Runs;
using TinT.Runtime.Cpu;
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
        ScratchSize scratch = ScratchOf(program, buffers, run, together, sideBySide > 1 ? 1 : threads, logits);
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
    private static ScratchSize ScratchOf(KernelProgram program, BufferPlan buffers, PlannedRun run, int together, int threads, bool logits)
    {
        ScratchSize scratch = default;
        foreach (Kernel kernel in program.Routines.Where(routine => routine.Kind != RoutineKind.WriteUpdates).SelectMany(routine => routine.Kernels))
        {
            if (kernel.Form is null || kernel.Form == program.FormOf(run.Tokens))
                scratch = scratch.Or(ScratchOf(program.Spec, kernel, buffers, run, together, threads, logits));
        }

        return scratch;
    }

    private static ScratchSize ScratchOf(ModelSpec spec, Kernel kernel, BufferPlan buffers, PlannedRun run, int together, int threads, bool logits)
    {
        int trained = run.TrainingTokens;
        int Inputs(int index) => kernel.Inputs[index].Columns;
        switch (kernel.Kind)
        {
            case KernelKind.Linear:
                return ScratchSize.OfLinear(together * run.Tokens, Inputs(0), kernel.Outputs[0].Columns, threads);
            case KernelKind.LinearBackward:
                return ScratchSize.OfLinearBackward(together * trained, kernel.Outputs[0].Columns, Inputs(0), threads);
            case KernelKind.LinearDescent:
                return trained == 0 ? default : ScratchSize.OfLinearDescent(trained, Inputs(1), Inputs(0), threads);
            case KernelKind.LinearAttention:
                // Forwards all tokens attend, backwards, where there is no bias, after the first of several steps the training tokens.
                bool backwards = kernel.BiasShare.Numerator == 0;
                bool attends = trained > 0 && !(backwards && run.Steps == 1);
                return attends ? ScratchSize.OfLinearAttention(backwards ? trained : run.Tokens, trained, Inputs(1), Inputs(2), threads) : default;
            case KernelKind.Attention:
                return ScratchSize.OfAttention(run.Tokens, Inputs(0), spec.Auxiliary.HeadCount);
            case KernelKind.AttentionBackward:
                return ScratchSize.OfAttentionBackward(run.Tokens, trained, Inputs(0), spec.Auxiliary.HeadCount, kernel.Outputs.Count > 1);
            case KernelKind.Head:
                int width = Inputs(0);
                int vocabulary = buffers.HeadColumns;
                bool mean = spec.Training.Loss.Value == LossFunction.MeanEmbedding;
                ScratchSize Logits(int rows) => ScratchSize.OfLinear(Math.Min(rows, buffers.HeadRows), width, vocabulary, threads);
                ScratchSize head = logits ? Logits(run.Tokens) : ScratchSize.OfLinearCrossEntropy(together * (run.Tokens - 1), width, vocabulary);
                if (trained == 0)
                    return head;
                if (!mean)
                    head = head.Or(Logits(trained));

                // Whole blocks of rows, and what is left of the training rows behind them.
                IEnumerable<int> rows = mean ? [1] : [Math.Min(trained, buffers.HeadRows), trained % buffers.HeadRows];
                return rows.Aggregate(head, (size, count) => size.Or(ScratchSize.OfLinearBackward(count, width, vocabulary, threads)));
            case KernelKind.Embed or KernelKind.Copy or KernelKind.Normalize or KernelKind.LayerNorm or KernelKind.Add or KernelKind.Activation
                or KernelKind.BiasDescent or KernelKind.ActivationBackward or KernelKind.NormBackward:
                return default;
            default:
                throw new NotSupportedException($"The accounting does not know the working memory of a kernel of the kind {kernel.Kind}.");
        }
    }
}
