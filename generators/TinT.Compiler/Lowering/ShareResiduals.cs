using TinT.Model.Runs;

namespace TinT.Compiler.Lowering;

/// <summary>
/// Updates a residual stream in place: where the residual that a kernel adds is not read again before it is rewritten, the
/// output takes over its buffer.
/// </summary>
internal static class ShareResiduals
{
    public static KernelProgram Run(KernelProgram program)
    {
        foreach (Routine routine in program.Routines)
        {
            for (int i = 0; i < routine.Kernels.Count; i++)
            {
                Kernel kernel = program[routine.Kind][i];
                if (kernel.Residual is not { } residual || kernel.Outputs[0].Buffer == residual.Buffer)
                    continue;
                Operand output = kernel.Outputs[0];
                if (IsLocal(program, routine.Kind, output.Buffer) && IsDeadAfter(program[routine.Kind], i, residual.Buffer))
                    program = program.MapKernels(k => k.MapOperands(o => o.Buffer == output.Buffer ? o with { Buffer = residual.Buffer } : o));
            }
        }

        return program;
    }

    private static bool IsLocal(KernelProgram program, RoutineKind routine, string buffer) => program.Routines
        .Where(r => r.Kind != routine)
        .All(r => r.Kernels.All(k => k.Reads.Concat(k.Outputs).All(o => o.Buffer != buffer)));

    /// <summary>Whether the buffer is rewritten after kernel <paramref name="index"/> before anything reads it.</summary>
    private static bool IsDeadAfter(EquatableArray<Kernel> kernels, int index, string buffer)
    {
        foreach (Kernel kernel in kernels.Skip(index + 1))
        {
            if (kernel.Reads.Any(r => r.Buffer == buffer))
                return false;
            if (kernel.Outputs.Any(o => o.Buffer == buffer))
                return true;
        }

        return false;
    }
}
