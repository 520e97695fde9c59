using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using TinT.Model.Runs;

namespace TinT.Compiler.Layout;

/// <summary>
/// Kernels in the order in which a run executes them, with enough repetitions of layers and steps that every value that
/// crosses from one to the next does so here.
/// </summary>
internal static class Timeline
{
    /// <summary>The forms of the update that a program has.</summary>
    public static IEnumerable<UpdateForm> Forms(KernelProgram program)
    {
        if (program.HasPrimal)
            yield return UpdateForm.Primal;
        if (program.HasDual)
            yield return UpdateForm.Dual;
    }

    /// <summary>A run in each form of the update, one behind the other.</summary>
    public static IReadOnlyList<Kernel> Of(KernelProgram program) => [.. Forms(program).SelectMany(form => Of(program, form))];

    /// <summary>A run in one form. Before the first step there is nothing that the dual form could attend to.</summary>
    public static IEnumerable<Kernel> Of(KernelProgram program, UpdateForm form)
    {
        const int layers = 3;
        const int trainedLayers = 2;
        const int steps = 2;
        RoutineCall writing = new(RoutineKind.WriteUpdates, steps);
        return RunSchedule.Of(layers, trainedLayers, steps)
            .Append(writing)
            .SelectMany(call => program[call.Routine].Where(kernel => kernel.Kind != KernelKind.LinearAttention || call.Updates > 0))
            .Where(kernel => kernel.Form is null || kernel.Form == form);
    }
}
