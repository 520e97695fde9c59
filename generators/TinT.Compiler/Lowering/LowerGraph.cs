using TinT.Compiler.Construction;

namespace TinT.Compiler.Lowering;

/// <summary>The lowering: all passes, in order.</summary>
public static class LowerGraph
{
    private static readonly Func<KernelProgram, KernelProgram>[] Passes =
    [
        FoldGates.Run,
        FoldPermutations.Run,
        FoldPadding.Run,
        FoldDiagonals.Run,
        FuseBlocks.Run,
        FuseSharedInputs.Run,
        FuseEpilogues.Run,
        ShareResiduals.Run,
        AddDualForm.Run,
    ];

    /// <summary>Layer graph → kernel program of the processor.</summary>
    public static KernelProgram Run(LayerGraph graph) => ChooseForms.ForProcessor(Lower(graph));

    /// <summary>Layer graph → kernel program of GPUs.</summary>
    public static KernelProgram RunForGpus(LayerGraph graph) => ChooseForms.ForGpus(Lower(graph));

    /// <summary>Layer graph → kernel program with the forms of the update that any target has, for which buffers are planned: targets share their places.</summary>
    public static KernelProgram RunForAll(LayerGraph graph) => ChooseForms.ForAll(Lower(graph));

    private static KernelProgram Lower(LayerGraph graph) => Passes.Aggregate(LowerModules.Run(graph), (program, pass) => pass(program));
}
