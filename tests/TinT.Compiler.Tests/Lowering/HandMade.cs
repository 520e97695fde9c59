using TinT.Compiler.Construction;
using TinT.Compiler.Lowering;
using TinT.Model;
using TinT.Model.Runs;

namespace TinT.Compiler.Tests.Lowering;

/// <summary>Programs of a few kernels written out, for passes over orders of kernels that no spec gives.</summary>
internal static class HandMade
{
    /// <summary>A kernel without weights.</summary>
    public static Kernel Kernel(KernelKind kind, Operand[] inputs, Operand[] outputs) =>
        new(kind, "module", 0, 1, inputs.ToEquatableArray(), outputs.ToEquatableArray(), default, null, Share.Whole, ConstructionMaps.None, default);

    /// <summary>A program with kernels in one routine, the final norm, and in no other.</summary>
    public static KernelProgram Program(params Kernel[] kernels) =>
        LowerModules.Run(BuildLayerGraph.Run(TestSpecs.Create())).MapRoutines(routine => routine.Kind == RoutineKind.FinalNorm ? kernels : []);
}
