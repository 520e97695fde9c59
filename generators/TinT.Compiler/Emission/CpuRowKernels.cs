using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;

namespace TinT.Compiler.Emission;

/// <summary>Kernels that work row by row: embedding, norms, activations, sums.</summary>
internal static class CpuRowKernels
{
    public static void Write(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        int width = model.Spec.Auxiliary.HiddenSize;
        int inner = model.Spec.Auxiliary.IntermediateSize;
        switch (kernel.Kind)
        {
            case KernelKind.Embed:
                Struct(code, model, kernel, "h_t = E[id_t] + Position[position_t]", "Embedding of the tokens behind the prefix.",
                    [("SequenceRun", "run", "The sequence, for its ids and positions."),
                     ("WeightView", "tokens", $"Token embedding E, [{model.Spec.Auxiliary.VocabularySize}, {width}]."),
                     ("WeightView", "positions", $"Position table, [positions, {width}]."),
                     ("MatrixView", "hidden", $"hidden, [T, {width}].")],
                    """
                    tokens.CopyRow(run.TokenId(row), hidden.Row(row));
                    positions.AddRow(run.Position(row) + PositionOffset, 1, hidden.Row(row));
                    """);
                break;
            case KernelKind.Copy:
                Struct(code, model, kernel, "y = x", "The input of the lowest trained layer, kept for later passes.",
                    [("MatrixView", "x", $"[T, {width}]."), ("MatrixView", "y", $"[T, {width}].")],
                    "x.Row(row).CopyTo(y.Row(row));");
                break;
            case KernelKind.Add:
                Struct(code, model, kernel, "y = x₁ + x₂", "Residual branch.",
                    [("MatrixView", "left", $"[T, {width}]."), ("MatrixView", "right", $"[T, {width}]."), ("MatrixView", "y", $"[T, {width}].")],
                    "TensorPrimitives.Add(left.Row(row), right.Row(row), y.Row(row));");
                break;
            case KernelKind.Normalize:
                Struct(code, model, kernel, "r = 1 / sqrt(ε + variance x), x̂ = (x − mean x) r", "First half of LayerNormForward.",
                    [.. Norm(width)],
                    "inverseDeviation.Span[row] = LayerNormalization.Normalize(x.Row(row), Epsilon, normalized.Row(row));");
                break;
            case KernelKind.LayerNorm:
                Struct(code, model, kernel, "r = 1 / sqrt(ε + variance x), x̂ = (x − mean x) r, y = x̂ ∘ gain + β",
                    "LayerNormForward: the product with diag(gain), folded to one with its diagonal.",
                    [.. Norm(width), ("VectorView", "gain", $"[{width}]."), ("VectorView", "bias", $"β, [{width}]."), ("MatrixView", "y", $"[T, {width}].")],
                    """
                    inverseDeviation.Span[row] = LayerNormalization.Normalize(x.Row(row), Epsilon, normalized.Row(row));
                    TensorPrimitives.MultiplyAdd(normalized.Row(row), gain.Span, bias.Span, y.Row(row));
                    """);
                break;
            case KernelKind.Activation:
                Struct(code, model, kernel, $"s = {model.Spec.Auxiliary.Activation.Value.Formula}", $"ActivationForward × {model.Spec.Auxiliary.FeedForwardBlocks}.",
                    [("MatrixView", "preActivation", $"z, [T, {inner}]."), ("MatrixView", "activated", $"s, [T, {inner}].")],
                    $"Elementwise.Forward<{model.Spec.Auxiliary.Activation.Value.TypeName}>(preActivation.Row(row), activated.Row(row));");
                break;
            case KernelKind.ActivationBackward:
                Struct(code, model, kernel, $"∂z = N (act(z + ∂s/N) − act(z)), act(z) = {model.Spec.Auxiliary.Activation.Value.Formula}",
                    $"ActivationBackward × {model.Spec.Auxiliary.FeedForwardBlocks}: the finite difference, evaluated without cancellation.",
                    [("MatrixView", "activatedGradient", $"∂s, [R, {inner}]."),
                     ("MatrixView", "preActivation", $"z at the same rows, [R, {inner}]."),
                     ("MatrixView", "preActivationGradient", $"∂z, [R, {inner}].")],
                    $"Elementwise.Difference<{model.Spec.Auxiliary.Activation.Value.TypeName}>(preActivation.Row(row), activatedGradient.Row(row), TaylorScale, preActivationGradient.Row(row));");
                break;
            default:
                WriteNormBackward(code, model, kernel, width, kernel.Parameters.Count > 0);
                break;
        }
    }

    private static void WriteNormBackward(CodeWriter code, CompiledModel model, Kernel kernel, int width, bool diagonal)
    {
        bool adds = kernel.Residual is not null;
        bool inPlace = kernel.Residual == kernel.Outputs[0];
        string incoming = diagonal ? "∂y" : "∂x̂";
        var fields = new List<(string, string, string)>
        {
            ("MatrixView", "gradient", $"{incoming}, [R, {width}]."),
            ("MatrixView", "normalized", $"x̂ at the same rows, [R, {width}]."),
            ("VectorView", "inverseDeviation", "r at the same rows, [R]."),
        };
        if (diagonal)
            fields.Add(("VectorView", "gain", $"[{width}]."));
        if (adds && !inPlace)
            fields.Add(("MatrixView", "residual", $"Gradient of the residual stream, [R, {width}]."));
        fields.Add(("MatrixView", "inputGradient", $"∂x, [R, {width}]{(inPlace ? "; holds the gradient of the residual stream before" : string.Empty)}."));

        string input = diagonal ? "scaled" : "gradient.Row(row)";
        string body = (diagonal ? "TensorPrimitives.Multiply(gradient.Row(row), gain.Span, scaled);\n" : string.Empty)
            + (adds && !inPlace ? "residual.Row(row).CopyTo(inputGradient.Row(row));\n" : string.Empty)
            + $"LayerNormalization.TaylorDifference(normalized.Row(row), inverseDeviation.Span[row], {input}, TaylorScale, inputGradient.Row(row), accumulate: {(adds ? "true" : "false")});";
        Struct(
            code,
            model,
            kernel,
            $"∂x {(inPlace ? "+=" : "=")} {(adds && !inPlace ? "residual + " : string.Empty)}N (LN₀(x + {(diagonal ? "∂y ∘ gain" : "∂x̂")} / N) − x̂)",
            "LayerNormBackward: the first-order Taylor difference, evaluated without cancellation from x̂ and r.",
            fields,
            body,
            diagonal ? "Span<float> scaled = stackalloc float[HiddenSize];" : string.Empty);
    }

    private static (string, string, string)[] Norm(int width) =>
    [
        ("MatrixView", "x", $"[T, {width}]."),
        ("MatrixView", "normalized", $"x̂, [T, {width}]."),
        ("VectorView", "inverseDeviation", "r, [T]."),
    ];

    private static void Struct(
        CodeWriter code,
        CompiledModel model,
        Kernel kernel,
        string formula,
        string construction,
        IReadOnlyList<(string Type, string Name, string Doc)> fields,
        string body,
        string locals = "")
    {
        CpuWriter.Document(code, model, kernel, formula, construction);
        foreach ((string _, string name, string doc) in fields)
            code.Doc("param", doc, $" name=\"{name}\"");
        code.Line($"public readonly struct {KernelNames.Of(kernel)}(");
        code.Indented(() => code.Line(string.Join(",\n", fields.Select(f => $"{f.Type} {f.Name}")) + ") : IRowKernel"));
        code.Line("{");
        code.Indented(() =>
        {
            code.Line("/// <inheritdoc/>");
            code.Block("public void Run(int firstRow, int rowCount, int worker)", () =>
            {
                if (locals.Length > 0)
                    code.Line(locals);
                if (body.Contains('\n'))
                    code.Block("for (int row = firstRow; row < firstRow + rowCount; row++)", () => code.Line(body));
                else
                    code.Line("for (int row = firstRow; row < firstRow + rowCount; row++)").Indented(() => code.Line(body));
            });
        });
        code.Line("}");
    }
}
