using TinT.Compiler.Construction;
using TinT.Compiler.Specs;
using TinT.Model.Runs;

namespace TinT.Compiler.Lowering;

/// <summary>
/// Makes one wide product of the attention projections that read the same input and are alike in being trained or not:
/// q and k, which only exact attention gradients train, and then v as well.
/// </summary>
internal static class FuseSharedInputs
{
    public static KernelProgram Run(KernelProgram program)
    {
        string[] projections = program.Spec.Training.Attention.Value == AttentionGradient.Exact
            ? [ModuleNames.Query, ModuleNames.Key, ModuleNames.Value]
            : [ModuleNames.Query, ModuleNames.Key];
        foreach (RoutineKind routine in new[] { RoutineKind.ForwardBlock, RoutineKind.BackwardBlock })
        {
            KernelKind[] kinds = [.. program[routine].Where(k => projections.Contains(k.Module)).Select(k => k.Kind).Distinct()];
            foreach (KernelKind kind in kinds)
            {
                Kernel[] alike = [.. program[routine].Where(k => k.Kind == kind && projections.Contains(k.Module))];
                if (alike.Length == projections.Length && alike.All(k => k.BiasShare == alike[0].BiasShare))
                    program = MergeKernels.Run(program, routine, k => k.Kind == kind && projections.Contains(k.Module));
            }
        }

        return program;
    }
}
