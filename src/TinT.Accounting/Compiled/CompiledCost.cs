using TinT.Accounting.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using TinT.Model.Runs;

namespace TinT.Accounting.Compiled;

/// <summary>What a run of the compiled simulator costs, kernel by kernel. Logits that are handed to the caller are not counted.</summary>
/// <param name="Kernels">The kernels that the run calls, in the order in which it first calls them.</param>
public sealed record CompiledCost(IReadOnlyList<KernelCost> Kernels)
{
    /// <summary>Cost of the run.</summary>
    public OperationCost Total => OperationCost.Sum(Kernels.Select(kernel => kernel.Total));

    /// <summary>Accounts for a run.</summary>
    /// <param name="program">The kernels.</param>
    /// <param name="parameters">The weights they read.</param>
    /// <param name="buffers">The buffers they work in.</param>
    /// <param name="run">The run.</param>
    /// <param name="allLogits">Whether logits of every row are in memory, as in a GPU simulator, or only those that the loss gradient needs.</param>
    /// <exception cref="NotSupportedException">The program has a kernel whose cost is not known.</exception>
    public static CompiledCost Of(KernelProgram program, ParameterLayout parameters, BufferPlan buffers, PlannedRun run, bool allLogits = false)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(buffers);
        ArgumentNullException.ThrowIfNull(run);
        UpdateForm form = program.FormOf(run.Tokens);
        KernelCosts costs = new(program.Spec, parameters, buffers, run, allLogits);
        var calls =
            from call in run.Calls(program.Spec.Auxiliary.LayerCount)
            let routine = program.Routines[(int)call.Routine]
            from index in Enumerable.Range(0, routine.Kernels.Count)
            where !(call.Lowest && routine.LeavesBlock(index))
            let kernel = routine.Kernels[index]
            where kernel.Form is null || kernel.Form == form
            where kernel.Kind != KernelKind.LinearAttention || call.Updates > 0
            group call by (Routine: call.Routine, Index: index, call.Head);
        return new CompiledCost(
        [
            .. calls.Select(group =>
            {
                (RoutineKind routine, int index, HeadPass? head) = group.Key;
                Kernel kernel = program[routine][index];

                // Once for each step that came before.
                long perSequence = kernel.Kind == KernelKind.LinearAttention ? group.Sum(call => (long)call.Updates) : group.Count();
                bool copies = form == UpdateForm.Primal && costs.ReadsTrained(kernel);
                return new KernelCost(routine, kernel, head, perSequence * run.BatchSize, costs.Of(routine, kernel, head))
                {
                    CallsOnCopies = copies ? group.Count(call => call.Updates > 0) * run.BatchSize : 0,
                    BytesMoreOnCopies = copies ? costs.BytesSaved(kernel) : 0,
                };
            }),
        ]);
    }
}
