namespace TinT.Compiler.Lowering;

/// <summary>Lets the kernel that computes a branch add the residual to it while it writes it; sums of one term vanish.</summary>
internal static class FuseEpilogues
{
    public static KernelProgram Run(KernelProgram program) => program.MapRoutines(routine => Fuse([.. routine.Kernels]));

    private static List<Kernel> Fuse(List<Kernel> kernels)
    {
        for (int i = 0; i < kernels.Count; i++)
        {
            Kernel sum = kernels[i];
            if (sum.Kind != KernelKind.Add || sum.Inputs.Count > 2)
                continue;
            Operand branch = sum.Inputs[sum.Inputs.Count - 1];
            Operand? residual = sum.Inputs.Count == 2 ? sum.Inputs[0] : null;
            int producer = kernels.FindLastIndex(i, k => k.Outputs.Contains(branch));
            if (producer < 0 || !CanFuse(kernels, producer, i, branch, residual))
                continue;
            kernels[producer] = kernels[producer] with { Outputs = sum.Outputs, Residual = residual };
            kernels.RemoveAt(i--);
        }

        return kernels;
    }

    private static bool CanFuse(List<Kernel> kernels, int producer, int sum, Operand branch, Operand? residual)
    {
        if (kernels[producer].Outputs.Count != 1 || kernels[producer].Residual is not null)
            return false;
        if (residual is not null && kernels[producer].Kind is not (KernelKind.Linear or KernelKind.NormBackward))
            return false;
        bool readElsewhere = kernels.Where((k, i) => i != sum && k.Reads.Any(r => r.Buffer == branch.Buffer)).Any();
        bool touchedBetween = kernels
            .Skip(producer + 1)
            .Take(sum - producer - 1)
            .Any(k => k.Reads.Concat(k.Outputs).Any(o => o.Buffer == kernels[sum].Outputs[0].Buffer)
                || k.Outputs.Any(o => o.Buffer == residual?.Buffer));
        return !readElsewhere && !touchedBetween;
    }
}
