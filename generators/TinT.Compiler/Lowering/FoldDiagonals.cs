using TinT.Compiler.Specs;

namespace TinT.Compiler.Lowering;

/// <summary>
/// Layer-norm gains: while G stays diagonal its product is element-wise and fuses with the normalisation before it or
/// the Taylor difference behind it; once all of G is trained it is a dense matrix like any other.
/// </summary>
internal static class FoldDiagonals
{
    public static KernelProgram Run(KernelProgram program) =>
        program.Spec.Training.LayerNorm.Value == LayerNormUpdate.Full
            ? program.MapKernels(Undiagonal)
            : program.MapRoutines(r => Fuse(r.Kernels));

    private static Kernel Undiagonal(Kernel kernel) => kernel with { Maps = kernel.Maps with { Diagonal = false } };

    private static IEnumerable<Kernel> Fuse(EquatableArray<Kernel> kernels)
    {
        for (int i = 0; i < kernels.Count; i++)
        {
            Kernel first = kernels[i];
            Kernel? second = i + 1 < kernels.Count ? kernels[i + 1] : null;
            if (first.Kind == KernelKind.Normalize && second is { Kind: KernelKind.Linear, Maps.Diagonal: true })
            {
                yield return first with
                {
                    Kind = KernelKind.Norm,
                    Outputs = first.Outputs.Append(second.Outputs[0]).ToEquatableArray(),
                    Parameters = second.Parameters,
                    BiasShare = second.BiasShare,
                };
                i++;
            }
            else if (first is { Kind: KernelKind.LinearBackward, Maps.Diagonal: true } && second?.Kind == KernelKind.NormBackward)
            {
                yield return second with
                {
                    Inputs = first.Inputs.Concat(second.Inputs.Skip(1)).ToEquatableArray(),
                    Parameters = first.Parameters,
                };
                i++;
            }
            else
            {
                yield return first.Kind == KernelKind.BiasDescent ? Undiagonal(first) : first;
            }
        }
    }
}
