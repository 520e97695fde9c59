using TinT.Model.Runs;

namespace TinT.Compiler.Lowering;

/// <summary>Numbers of a program's kernels in their order, by which their times are told apart. The head has one for each kind of its passes.</summary>
public static class KernelNumbers
{
    /// <summary>Kinds of passes through the head: before, between, after.</summary>
    private const int HeadPasses = 3;

    /// <summary>How many there are.</summary>
    /// <param name="program">The kernels.</param>
    public static int Count(KernelProgram program) => program.Kernels.Sum(Numbers);

    /// <summary>Number of a kernel; of the head that of its first kind of pass.</summary>
    /// <param name="program">The kernels.</param>
    /// <param name="routine">Routine it belongs to.</param>
    /// <param name="index">Place in the routine.</param>
    public static int Of(KernelProgram program, RoutineKind routine, int index) =>
        program.Routines.Take((int)routine).SelectMany(r => r.Kernels).Concat(program[routine].Take(index)).Sum(Numbers);

    private static int Numbers(Kernel kernel) => kernel.Kind == KernelKind.Head ? HeadPasses : 1;
}
