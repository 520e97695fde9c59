using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>r, x̂: a norm whose gain is a matrix of its own.</summary>
internal sealed class Normalize : RowKernel
{
    public static KernelForm Form { get; } = new Normalize();

    public override string NameOf(Kernel kernel) => kernel.OfHeads ? "NormalizeHeads" : "Normalize";

    public override void Write(CodeWriter code, CompiledModel model, Kernel kernel) =>
        Write(code, model, kernel, Formula(model), "First half of LayerNormForward.", Fields(kernel), Body(model));

    /// <summary>x, x̂ and r.</summary>
    internal static (string Type, string Name, string Doc)[] Fields(Kernel kernel) =>
    [
        ("MatrixView", "x", $"[{RowsText(kernel)}, {kernel.Inputs[0].Columns / kernel.Heads}]."),
        ("MatrixView", "normalized", $"x̂, [{RowsText(kernel)}, {kernel.Inputs[0].Columns / kernel.Heads}]."),
        ("VectorView", "inverseDeviation", $"r, [{RowsText(kernel)}]."),
    ];

    /// <summary>How many rows a forward kernel has.</summary>
    internal static string RowsText(Kernel kernel) => kernel.Heads == 1 ? "T" : $"{kernel.Heads} T";

    internal static string Formula(CompiledModel model) => $"r = {model.Spec.Auxiliary.Norm.InverseDeviation}, x̂ = {model.Spec.Auxiliary.Norm.Normalized}";

    internal static string Body(CompiledModel model) =>
        $"inverseDeviation.Span[row] = RowNorm.Normalize<{model.Spec.Auxiliary.Norm.TypeName}>(x.Row(row), Epsilon, normalized.Row(row));";
}
