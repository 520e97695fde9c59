using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>r, x̂, and y = x̂ ∘ gain, + β where there is one; or y alone, where nothing passes back.</summary>
internal sealed class Norm : RowKernel
{
    public static KernelForm Form { get; } = new Norm();

    public override string NameOf(Kernel kernel) =>
        (kernel.OfHeads ? "Head" : string.Empty) + "Norm" + (Keeps(kernel) ? "Forward" : "Only");

    public override bool IsPerSequence(CpuCall call) => (HasBias(call.Kernel) && call.HasOwnBias) || call.HasOwnGain;

    public override string Call(CpuCall call)
    {
        string[] outputs = [.. call.Outputs];
        string[] bias = HasBias(call.Kernel) ? [call.Bias] : [];
        return call.Rows([.. call.Inputs, .. outputs.Take(outputs.Length - 1), call.Weight, .. bias, outputs[outputs.Length - 1]]);
    }

    public override void Write(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        int width = kernel.Inputs[0].Columns / kernel.Heads;
        bool biased = HasBias(kernel);
        (string, string, string)[] bias = biased ? [("VectorView", "bias", $"β, [{width}].")] : [];
        string normalized = Keeps(kernel) ? "normalized" : "y";
        string body = Keeps(kernel)
            ? Normalize.Body(model)
            : $"RowNorm.Normalize<{model.Spec.Auxiliary.Norm.TypeName}>(x.Row(row), Epsilon, y.Row(row));";
        Write(code, model, kernel, $"{Normalize.Formula(model)}, y = x̂ ∘ gain{(biased ? " + β" : string.Empty)}",
            kernel.OfHeads
                ? "A norm of each head, in the simulator's attention; each row is a head of a token."
                : "LayerNormForward: the product with diag(gain), folded to one with its diagonal.",
            [.. Normalize.Fields(kernel).Take(Keeps(kernel) ? 3 : 1), ("VectorView", "gain", $"[{width}]."), .. bias, ("MatrixView", "y", $"[{Normalize.RowsText(kernel)}, {width}].")],
            $"""
            {body}
            TensorPrimitives.{(biased ? $"MultiplyAdd({normalized}.Row(row), gain.Span, bias.Span" : $"Multiply({normalized}.Row(row), gain.Span")}, y.Row(row));
            """);
    }

    private static bool Keeps(Kernel kernel) => kernel.Outputs.Count > 1;

    private static bool HasBias(Kernel kernel) => kernel.BiasShare != Share.None;
}
