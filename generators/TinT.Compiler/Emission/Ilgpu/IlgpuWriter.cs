using TinT.Compiler.Emission.Ilgpu.Kernels;
using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>Writes <c>Model.IlgpuKernels.g.cs</c>: every GPU kernel of the program, for groups of any shape.</summary>
internal static class IlgpuWriter
{
    /// <summary>Namespaces of the bodies that kernels call.</summary>
    private static readonly string[] Bodies =
        [.. new[] { string.Empty, ".CausalAttention", ".Finishes", ".Groups", ".Losses", ".Views" }.Select(part => "TinT.Runtime.Ilgpu.Kernels" + part)];

    /// <summary>The file.</summary>
    public static GeneratedSource Write(CompiledModel model)
    {
        CodeWriter code = SourceFile.Begin(model, ["ILGPU", "TinT.Runtime.Formulas", .. Bodies], $"{model.Name}Layout");
        code.Line(IlgpuParameter.Aliases + "\n");
        code.Doc("summary", $"GPU kernels of {model.Name}, in the order in which a run first launches them.");
        code.Doc("remarks", "T is the number of tokens, R the number of rows from the first to the last training token. ILGPU puts the bodies in the place of their calls.");
        code.Doc("typeparam", "Shape of the groups, one for each class of devices.", " name=\"TGroup\"");
        code.Block($"internal static class {model.Name}IlgpuKernels<TGroup>\n    where TGroup : struct, IGroup", () =>
            code.Separated(IlgpuKernels.All(model), kernel => WriteKernel(code, model, kernel)));
        return new GeneratedSource($"{model.Name}.IlgpuKernels.g.cs", code.ToString());
    }

    /// <summary>What a program has that the code for GPUs would leave out, one sentence each; empty for what can be written.</summary>
    public static IReadOnlyList<string> Unwritable(KernelProgram program) =>
    [
        .. Unwritten.Residuals(program, "for GPUs", kind => kind is KernelKind.Linear or KernelKind.LinearBackward or KernelKind.NormBackward),
        .. Parts(program),
        .. program.Kernels
            .Where(kernel => kernel.Heads > 1 && kernel.Kind == KernelKind.LinearAttention)
            .Select(kernel => $"{kernel.Kind} of {kernel.Module} works on heads, for which there is no kernel for GPUs."),
        .. Positions(program.Spec.Auxiliary.Model),
    ];

    /// <summary>Kernels whose bodies take rows one behind the other, but whose operands are parts of wider ones.</summary>
    private static IEnumerable<string> Parts(KernelProgram program)
    {
        var widths = program.Kernels.SelectMany(kernel => kernel.Reads.Concat(kernel.Outputs))
            .GroupBy(operand => operand.Buffer)
            .ToDictionary(operands => operands.Key, operands => operands.Max(operand => operand.FirstColumn + operand.Columns));
        return program.Kernels
            .Where(kernel => kernel.Heads > 1
                || kernel.Kind is KernelKind.Embed or KernelKind.Copy or KernelKind.Normalize or KernelKind.Norm or KernelKind.NormBackward or KernelKind.Head)
            .SelectMany(kernel => kernel.Reads.Concat(kernel.Outputs)
                .Where(operand => operand.Columns != widths[operand.Buffer])
                .Select(operand => $"{kernel.Kind} of {kernel.Module} works on a part of {operand.Buffer}, but code for GPUs takes its rows as a whole."));
    }

    private static IEnumerable<string> Positions(AuxiliaryDescription model)
    {
        if (AttentionText.HasDistances(model) && AttentionText.HasWindow(model))
            yield return "Attention with slopes and a window has more operands than a kernel for GPUs takes.";
        if (model.ScalesEmbeddings && model.Positions == PositionKind.Learned && !model.IsProjected)
            yield return "Learned positions are added to scaled embeddings, for which there is no kernel for GPUs.";
    }

    private static void WriteKernel(CodeWriter code, CompiledModel model, IlgpuKernel kernel)
    {
        code.Doc("summary", kernel.Formula);
        code.Doc("remarks", $"{kernel.Construction} Asked for at {model.FileName}, line {kernel.Origin.Start.Line}.");
        foreach (IlgpuParameter parameter in kernel.Parameters)
            code.Doc("param", parameter.Doc, $" name=\"{parameter.Name}\"");
        code.Line(CallText.Of($"public static void {kernel.Name}", [.. kernel.Parameters.Select(parameter => $"{parameter.Type} {parameter.Name}")]) + " =>");
        code.Indented(() => code.Line(kernel.Body + ";"));
    }
}
