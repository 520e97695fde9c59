using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>r, x̂, and y = x̂ ∘ gain, + β where there is one.</summary>
internal sealed class LayerNorm : RowKernel
{
    public static KernelForm Form { get; } = new LayerNorm();

    public override string NameOf(Kernel kernel) => "LayerNormForward";

    public override bool IsPerSequence(CpuCall call) => HasBias(call.Kernel) && call.HasOwnBias;

    public override string Call(CpuCall call)
    {
        string[] outputs = [.. call.Outputs];
        string[] bias = HasBias(call.Kernel) ? [call.Bias] : [];
        return call.Rows([.. call.Inputs, outputs[0], outputs[1], call.Weight, .. bias, outputs[2]]);
    }

    public override void Write(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        int width = kernel.Inputs[0].Columns;
        bool biased = HasBias(kernel);
        (string, string, string)[] bias = biased ? [("VectorView", "bias", $"β, [{width}].")] : [];
        Write(code, model, kernel, $"{Normalize.Formula(model)}, y = x̂ ∘ gain{(biased ? " + β" : string.Empty)}",
            "LayerNormForward: the product with diag(gain), folded to one with its diagonal.",
            [.. Normalize.Fields(kernel), ("VectorView", "gain", $"[{width}]."), .. bias, ("MatrixView", "y", $"[T, {width}].")],
            $"""
            {Normalize.Body(model)}
            TensorPrimitives.{(biased ? "MultiplyAdd(normalized.Row(row), gain.Span, bias.Span" : "Multiply(normalized.Row(row), gain.Span")}, y.Row(row));
            """);
    }

    private static bool HasBias(Kernel kernel) => kernel.BiasShare != Share.None;
}
