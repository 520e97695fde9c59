using TinT.Compiler.Construction;
using TinT.Compiler.Specs;
using TinT.Model.Runs;

namespace TinT.Compiler.Lowering;

/// <summary>
/// Makes one wide product of maps that read the same input and are alike in being trained or not: of the attention projections q and k, which only
/// exact attention gradients train, and then v as well; of gate and up. Queries and keys that are normalized lie apart, so that each of their heads is a row.
/// </summary>
internal static class FuseSharedInputs
{
    public static KernelProgram Run(KernelProgram program)
    {
        if (!program.Spec.Auxiliary.Model.HasQueryKeyNorm)
        {
            program = program.Spec.Training.MovesScores
                ? Fuse(program, [ModuleNames.Query, ModuleNames.Key, ModuleNames.Value])
                : Fuse(program, [ModuleNames.Query, ModuleNames.Key]);
        }

        return Fuse(program, [ModuleNames.Gate, ModuleNames.Up]);
    }

    private static KernelProgram Fuse(KernelProgram program, string[] projections)
    {
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
