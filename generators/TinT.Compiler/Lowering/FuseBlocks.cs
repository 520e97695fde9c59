using TinT.Model.Runs;

namespace TinT.Compiler.Lowering;

/// <summary>
/// Makes one wide kernel of the K square blocks of each feed-forward module. Blocks with a common input stack their rows,
/// blocks whose outputs are summed put their columns side by side. The shares c_2/K add up to c_2 forwards; in the
/// descent each of the K copies moves by lr, so that c_2 moves by K·lr.
/// </summary>
internal static class FuseBlocks
{
    public static KernelProgram Run(KernelProgram program)
    {
        while (program.Kernels.FirstOrDefault(k => k.Copies > 1) is { } block)
        {
            RoutineKind routine = program.Routines.First(r => r.Kernels.Contains(block)).Kind;
            program = MergeKernels.Run(program, routine, k => k.Kind == block.Kind && k.Module == block.Module && k.Copies > 1);
        }

        return program;
    }
}
