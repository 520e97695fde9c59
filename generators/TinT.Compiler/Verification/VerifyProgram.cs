using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;

namespace TinT.Compiler.Verification;

/// <summary>Checks that a lowered program is sound. A violation is a defect of the compiler, told as such.</summary>
public static class VerifyProgram
{
    /// <summary>Violations, one sentence each; empty for a sound program.</summary>
    public static IReadOnlyList<string> Run(KernelProgram program) =>
        [.. Unfolded(program), .. Sums(program), .. UndefinedReads(program), .. UnreadWrites(program), .. ShapeMismatches(program)];

    private static IEnumerable<string> Unfolded(KernelProgram program) => program.Kernels
        .Where(k => k.Maps != ConstructionMaps.None || k.Copies != 1)
        .Select(k => $"{k.Kind} of {k.Module} still carries parts of the literal construction.");

    /// <summary>A sum that no kernel before it took up has two terms: code adds two rows.</summary>
    private static IEnumerable<string> Sums(KernelProgram program) => program.Kernels
        .Where(k => k.Kind == KernelKind.Add && k.Inputs.Count != 2)
        .Select(k => $"{k.Kind} of {k.Module} has {k.Inputs.Count} terms instead of two.");

    private static IEnumerable<string> UndefinedReads(KernelProgram program)
    {
        foreach (UpdateForm form in Timeline.Forms(program))
        {
            var defined = new HashSet<string>(StringComparer.Ordinal);
            foreach (Kernel kernel in Timeline.Of(program, form))
            {
                foreach (Operand operand in kernel.Reads.Where(o => !defined.Contains(o.Buffer)))
                    yield return $"{kernel.Kind} of {kernel.Module} reads {operand.Buffer} before anything wrote it.";
                defined.UnionWith(kernel.Outputs.Select(o => o.Buffer));
            }
        }
    }

    private static IEnumerable<string> UnreadWrites(KernelProgram program)
    {
        HashSet<string> read = [.. Timeline.Of(program).SelectMany(k => k.Reads).Select(o => o.Buffer)];
        return from kernel in program.Kernels
               from output in kernel.Outputs
               where !read.Contains(output.Buffer)
               select $"{kernel.Kind} of {kernel.Module} writes {output.Buffer}, which nothing reads.";
    }

    private static IEnumerable<string> ShapeMismatches(KernelProgram program)
    {
        Dictionary<string, Parameter> parameters = PlanParameters.Run(program).Parameters.ToDictionary(p => p.Name);
        foreach (Kernel kernel in program.Kernels)
        {
            if (kernel.Kind == KernelKind.LinearAttention && (kernel.Inputs[0].Columns != kernel.Inputs[1].Columns || kernel.Inputs[2].Columns != kernel.Outputs[0].Columns))
                yield return $"{kernel.Kind} of {kernel.Module} attends with {kernel.Inputs[0].Columns} to {kernel.Inputs[1].Columns} columns and adds {kernel.Inputs[2].Columns} to {kernel.Outputs[0].Columns}.";
            if (kernel.Kind is not (KernelKind.Linear or KernelKind.LinearBackward or KernelKind.LinearDescent))
                continue;
            Parameter weight = parameters[PlanParameters.WeightName(kernel)];
            (int outputs, int inputs) = kernel.Kind switch
            {
                KernelKind.Linear => (kernel.Outputs[0].Columns, kernel.Inputs[0].Columns),
                KernelKind.LinearBackward => (kernel.Inputs[0].Columns, kernel.Outputs[0].Columns),
                _ => (kernel.Inputs[0].Columns, kernel.Inputs[1].Columns),
            };
            if (weight.Rows != outputs || weight.Columns != inputs)
                yield return $"{kernel.Kind} of {kernel.Module} has {outputs} outputs and {inputs} inputs, but its weight is [{weight.Rows}, {weight.Columns}].";
            if (kernel.BiasShare != Share.Whole && kernel.BiasShare != Share.None && kernel.Kind == KernelKind.Linear)
                yield return $"{kernel.Kind} of {kernel.Module} adds {kernel.BiasShare.Numerator}/{kernel.BiasShare.Denominator} of its bias.";
        }
    }
}
