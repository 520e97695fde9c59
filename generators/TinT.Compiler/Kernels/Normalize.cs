using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>r = 1 / sqrt(ε + variance x), x̂ = (x − mean x) r: a layer norm whose gain is a matrix of its own.</summary>
internal sealed class Normalize : RowKernel
{
    public static KernelForm Form { get; } = new Normalize();

    public override string NameOf(Kernel kernel) => "Normalize";

    public override void Write(CodeWriter code, CompiledModel model, Kernel kernel) =>
        Write(code, model, kernel, "r = 1 / sqrt(ε + variance x), x̂ = (x − mean x) r", "First half of LayerNormForward.", Fields(kernel), Body);

    /// <summary>x, x̂ and r.</summary>
    internal static (string Type, string Name, string Doc)[] Fields(Kernel kernel) =>
    [
        ("MatrixView", "x", $"[T, {kernel.Inputs[0].Columns}]."),
        ("MatrixView", "normalized", $"x̂, [T, {kernel.Inputs[0].Columns}]."),
        ("VectorView", "inverseDeviation", "r, [T]."),
    ];

    internal const string Body = "inverseDeviation.Span[row] = LayerNormalization.Normalize(x.Row(row), Epsilon, normalized.Row(row));";
}
