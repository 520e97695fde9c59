using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using TinT.Compiler.Text;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>Writes <c>Model.IlgpuKernels.g.cs</c>: every GPU kernel of the program, for groups of any shape.</summary>
internal static class IlgpuWriter
{
    /// <summary>Namespaces of the bodies that kernels call.</summary>
    private static readonly string[] Bodies = [.. new[] { string.Empty, ".Activations", ".CausalAttention", ".Finishes", ".Groups", ".Losses" }.Select(part => "TinT.Runtime.Ilgpu.Kernels" + part)];

    /// <summary>The file.</summary>
    public static GeneratedSource Write(CompiledModel model)
    {
        CodeWriter code = SourceFile.Begin(model, ["ILGPU", .. Bodies], $"{model.Name}Layout");
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
        .. Norms(program.Spec),
        .. Unwritten.Biases(program, "for GPUs", kind => kind is KernelKind.Norm or KernelKind.Linear),
    ];

    /// <summary>Bodies of norms on GPUs are those of layer norms.</summary>
    private static IEnumerable<string> Norms(ModelSpec spec) =>
        spec.Auxiliary.Norm.Name == "layer_norm" ? [] : [$"The norm {spec.Auxiliary.Norm} has no kernel for GPUs."];

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
