using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;

namespace TinT.Compiler.Verification;

/// <summary>Checks that a lowered program is sound. A violation is a defect of the compiler, told as such.</summary>
public static class VerifyProgram
{
    /// <summary>Violations, one sentence each; empty for a sound program.</summary>
    public static IReadOnlyList<string> Run(KernelProgram program) =>
        [.. Unfolded(program), .. UndefinedReads(program), .. UnreadWrites(program), .. ShapeMistakes(program)];

    private static IEnumerable<string> Unfolded(KernelProgram program) => program.Kernels
        .Where(k => k.Maps != ConstructionMaps.None || k.Copies != 1)
        .Select(k => $"{k.Kind} of {k.Module} still carries parts of the literal construction.");

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

    private static IEnumerable<string> ShapeMistakes(KernelProgram program)
    {
        Dictionary<string, Parameter> parameters = PlanParameters.Run(program).Parameters.ToDictionary(p => p.Name);
        return program.Kernels.Select(kernel => KernelForm.Of(kernel.Kind).ShapeMistake(kernel, name => parameters[name])).OfType<string>();
    }
}
