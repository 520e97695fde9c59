using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>∂x = N (LN₀(x + ∂y ∘ gain / N) − x̂), or of ∂x̂ where the gain is a matrix of its own; added to the gradient of the residual stream.</summary>
internal sealed class NormBackward : RowKernel
{
    public static KernelForm Form { get; } = new NormBackward();

    public override bool AddsResidual => true;

    public override string NameOf(Kernel kernel) =>
        (kernel.OfHeads ? "Head" : string.Empty) + "NormBackward" + (kernel.Residual is null ? string.Empty : "Add");

    public override bool IsPerSequence(CpuCall call) => base.IsPerSequence(call) || call.HasOwnGain;

    public override string Call(CpuCall call)
    {
        string[] gain = HasGain(call.Kernel) ? [call.Weight] : [];
        string[] residual = call.Kernel.Residual is { } added && !IsInPlace(call.Kernel) ? [call.View(added)] : [];
        return call.Rows([.. call.Inputs, .. gain, .. residual, .. call.Outputs]);
    }

    public override void Write(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        int width = kernel.Outputs[0].Columns / kernel.Heads;
        string rows = kernel.Heads == 1 ? "R" : $"{kernel.Heads} R";
        bool diagonal = HasGain(kernel);
        bool adds = kernel.Residual is not null;
        bool inPlace = IsInPlace(kernel);
        string incoming = diagonal ? "∂y" : "∂x̂";
        var fields = new List<(string, string, string)>
        {
            ("MatrixView", "gradient", $"{incoming}, [{rows}, {width}]."),
            ("MatrixView", "normalized", $"x̂ at the same rows, [{rows}, {width}]."),
            ("VectorView", "inverseDeviation", $"r at the same rows, [{rows}]."),
        };
        if (diagonal)
            fields.Add(("VectorView", "gain", $"[{width}]."));
        if (adds && !inPlace)
            fields.Add(("MatrixView", "residual", $"Gradient of the residual stream, [{rows}, {width}]."));
        fields.Add(("MatrixView", "inputGradient", $"∂x, [{rows}, {width}]{(inPlace ? "; holds the gradient of the residual stream before" : string.Empty)}."));

        string input = diagonal ? "scaled" : "gradient.Row(row)";
        string body = (diagonal ? "TensorPrimitives.Multiply(gradient.Row(row), gain.Span, scaled);\n" : string.Empty)
            + (adds && !inPlace ? "residual.Row(row).CopyTo(inputGradient.Row(row));\n" : string.Empty)
            + $"RowNorm.TaylorDifference<{model.Spec.Auxiliary.Norm.TypeName}>(normalized.Row(row), inverseDeviation.Span[row], {input}, TaylorScale, inputGradient.Row(row), accumulate: {(adds ? "true" : "false")});";
        Write(
            code,
            model,
            kernel,
            $"∂x {(inPlace ? "+=" : "=")} {(adds && !inPlace ? "residual + " : string.Empty)}N (LN₀(x + {(diagonal ? "∂y ∘ gain" : "∂x̂")} / N) − x̂)",
            "LayerNormBackward: the first-order Taylor difference, evaluated without cancellation from x̂ and r.",
            fields,
            body,
            diagonal ? $"Span<float> scaled = stackalloc float[{(!kernel.OfHeads ? "HiddenSize" : Text.Identifiers.Integer(width))}];" : string.Empty);
    }

    private static bool HasGain(Kernel kernel) => kernel.Parameters.Count > 0;

    private static bool IsInPlace(Kernel kernel) => kernel.Residual == kernel.Outputs[0];
}
