using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>r = 1 / sqrt(ε + variance x), x̂ = (x − mean x) r, y = x̂ ∘ gain + β.</summary>
internal sealed class LayerNorm : RowKernel
{
    public static KernelForm Form { get; } = new LayerNorm();

    public override bool NeedsBias => true;

    public override string NameOf(Kernel kernel) => "LayerNormForward";

    public override bool IsPerSequence(CpuCall call) => call.HasOwnBias;

    public override string Call(CpuCall call)
    {
        string[] outputs = [.. call.Outputs];
        return call.Rows([.. call.Inputs, outputs[0], outputs[1], call.Weight, call.Bias, outputs[2]]);
    }

    public override void Write(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        int width = kernel.Inputs[0].Columns;
        Write(code, model, kernel, "r = 1 / sqrt(ε + variance x), x̂ = (x − mean x) r, y = x̂ ∘ gain + β",
            "LayerNormForward: the product with diag(gain), folded to one with its diagonal.",
            [.. Normalize.Fields(kernel), ("VectorView", "gain", $"[{width}]."), ("VectorView", "bias", $"β, [{width}]."), ("MatrixView", "y", $"[T, {width}].")],
            $"""
            {Normalize.Body}
            TensorPrimitives.MultiplyAdd(normalized.Row(row), gain.Span, bias.Span, y.Row(row));
            """);
    }
}
