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
        SplitSums.Run,
        FuseEpilogues.Run,
        ShareResiduals.Run,
        AddDualForm.Run,
    ];

    /// <summary>Layer graph → kernel programs of all targets.</summary>
    public static LoweredPrograms Run(LayerGraph graph)
    {
        KernelProgram program = Lower(graph);
        return new LoweredPrograms(ChooseForms.ForProcessor(program), ChooseForms.ForGpus(program), ChooseForms.ForAll(program));
    }

    private static KernelProgram Lower(LayerGraph graph) => Passes.Aggregate(LowerModules.Run(graph), (program, pass) => pass(program));
}
