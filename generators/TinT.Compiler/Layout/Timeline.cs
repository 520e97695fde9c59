using TinT.Compiler.Lowering;

namespace TinT.Compiler.Layout;

/// <summary>
/// Kernels in the order in which a run executes them, with enough repetitions of layers and steps that every value that
/// crosses from one to the next does so here.
/// </summary>
internal static class Timeline
{
    public static IReadOnlyList<Kernel> Of(KernelProgram program)
    {
        RoutineKind[] forward = [RoutineKind.ForwardBlock, RoutineKind.ForwardBlock, RoutineKind.FinalNorm, RoutineKind.Head];
        RoutineKind[] step = [.. forward, RoutineKind.FinalNormBackward, RoutineKind.BackwardBlock, RoutineKind.BackwardBlock, RoutineKind.RestoreTrainedInput];
        RoutineKind[] run = [RoutineKind.Embedding, RoutineKind.ForwardBlock, RoutineKind.KeepTrainedInput, .. step, .. step, .. forward];
        return [.. run.SelectMany(kind => program[kind])];
    }
}
