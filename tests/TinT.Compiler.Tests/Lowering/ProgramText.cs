using System.Text;
using TinT.Compiler.Lowering;

namespace TinT.Compiler.Tests.Lowering;

/// <summary>A kernel program as text, one kernel a line.</summary>
internal static class ProgramText
{
    public static string Of(KernelProgram program)
    {
        var text = new StringBuilder();
        foreach (Routine routine in program.Routines)
        {
            text.Append(routine.Kind).Append('\n');
            foreach (Kernel kernel in routine.Kernels)
                text.Append("    ").Append(Of(kernel)).Append('\n');
        }

        return text.ToString();
    }

    private static string Of(Kernel kernel)
    {
        string reads = string.Join(", ", kernel.Inputs.Select(Of));
        string writes = string.Join(", ", kernel.Outputs.Select(Of));
        string parameters = kernel.Parameters.Count == 0 ? string.Empty : $"  weights of {string.Join(" + ", kernel.Parameters)}";
        string residual = kernel.Residual is null ? string.Empty : $"  + {Of(kernel.Residual)}";
        string share = kernel.BiasShare == Share.Whole ? string.Empty : $"  bias × {kernel.BiasShare.Numerator}/{kernel.BiasShare.Denominator}";
        string form = kernel.Form is null ? string.Empty : $"  {kernel.Form} form only";
        return $"{kernel.Kind}({reads}) → {(writes.Length == 0 ? "prefixes" : writes)}{residual}{parameters}{share}{form}";
    }

    private static string Of(Operand operand) => $"{operand.Buffer}[{operand.FirstColumn}..{operand.FirstColumn + operand.Columns - 1}]";
}
