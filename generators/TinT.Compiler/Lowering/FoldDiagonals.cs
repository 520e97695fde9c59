namespace TinT.Compiler.Lowering;

/// <summary>
/// Gains of norms: while G stays diagonal its product is element-wise and fuses with the normalization before it or
/// the Taylor difference behind it; where all of G is trained it is a dense matrix like any other, where its
/// diagonal is, it stays one: the construction clears what its descent has beside it. What is normalized is kept only if something passes back through it.
/// </summary>
internal static class FoldDiagonals
{
    public static KernelProgram Run(KernelProgram program)
    {
        HashSet<string> trained = [.. program.Kernels.Where(kernel => kernel.Kind == KernelKind.LinearDescent).SelectMany(kernel => kernel.Parameters)];
        ILookup<string, Kernel> readers = program.Kernels.SelectMany(kernel => kernel.Reads.Select(read => (read.Buffer, kernel))).ToLookup(
            use => use.Buffer, use => use.kernel);
        return program.MapRoutines(routine => Fuse(routine.Kernels, kernel => kernel.Maps.Diagonal && !kernel.Parameters.Any(trained.Contains), readers));
    }

    private static IEnumerable<Kernel> Fuse(EquatableArray<Kernel> kernels, Func<Kernel, bool> isDiagonal, ILookup<string, Kernel> readers)
    {
        for (int i = 0; i < kernels.Count; i++)
        {
            Kernel first = kernels[i];
            Kernel? second = i + 1 < kernels.Count ? kernels[i + 1] : null;
            if (first.Kind == KernelKind.Normalize && second is { Kind: KernelKind.Linear } gain && isDiagonal(gain))
            {
                bool keeps = readers[first.Outputs[0].Buffer].Any(reader => reader != gain);
                yield return first with
                {
                    Kind = KernelKind.Norm,
                    Outputs = (keeps ? first.Outputs : []).Append(gain.Outputs[0]).ToEquatableArray(),
                    Parameters = gain.Parameters,
                    BiasShare = gain.BiasShare,
                };
                i++;
            }
            else if (first.Kind == KernelKind.LinearBackward && second?.Kind == KernelKind.NormBackward && isDiagonal(first))
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
                bool staysMatrix = isDiagonal(first) && first.Kind is not (KernelKind.BiasDescent or KernelKind.GainDescent);
                yield return staysMatrix ? first : first with { Maps = first.Maps with { Diagonal = false } };
            }
        }
    }
}
