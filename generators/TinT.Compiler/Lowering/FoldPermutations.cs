namespace TinT.Compiler.Lowering;

/// <summary>Drops head order and permutation where one undoes the other, so that outputs are in row order.</summary>
internal static class FoldPermutations
{
    public static KernelProgram Run(KernelProgram program) => program.MapKernels(kernel =>
        kernel.Maps is { HeadOrder: { } order, Permutation: { } permutation } && permutation.Undoes(order)
            ? kernel with { Maps = kernel.Maps with { HeadOrder = null, Permutation = null } }
            : kernel);
}
