using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>Kernels that run once for each element: embedding, copies, sums, activations.</summary>
internal static class IlgpuElements
{
    private static readonly IlgpuParameter Index = new("Index1D", "index", "The element.");

    /// <summary>h_t = E[id_t] + Position[position_t].</summary>
    public static IlgpuKernel Embed(CompiledModel model, Kernel kernel)
    {
        int width = model.Spec.Auxiliary.HiddenSize;
        return Element(
            kernel,
            "h_t = E[id_t] + Position[position_t]",
            "Embedding of the tokens behind the prefix.",
            [
                IlgpuParameter.Integers("ids", "Token ids, [T]."),
                IlgpuParameter.Integers("positions", "Positions, [T]."),
                IlgpuParameter.Floats("tokenEmbedding", $"E, [{model.Spec.Auxiliary.VocabularySize}, {width}]."),
                IlgpuParameter.Floats("positionEmbedding", $"Position table, [positions, {width}]."),
                IlgpuParameter.Floats("hidden", $"hidden, [T, {width}]."),
            ],
            $"""
            int element = index;
            int row = element / {Integer(width)};
            int column = element % {Integer(width)};
            hidden[index] = tokenEmbedding[(ids[row] * {Integer(width)}) + column] + positionEmbedding[((positions[row] + PositionOffset) * {Integer(width)}) + column];
            """);
    }

    /// <summary>y = x.</summary>
    /// <exception cref="InvalidOperationException">The operands are parts of wider rows.</exception>
    public static IlgpuKernel Copy(CompiledModel model, Kernel kernel)
    {
        if (kernel.Inputs.Concat(kernel.Outputs).Any(operand => model.Buffers[operand.Buffer].Columns != operand.Columns))
            throw new InvalidOperationException($"{kernel.Inputs[0].Buffer} is copied from parts of wider rows, for which there is no GPU kernel.");
        return Element(
            kernel,
            "y = x",
            "What is kept for later passes, such as the input of the lowest trained layer; and logits that the result holds.",
            [IlgpuParameter.Floats("x", "Any shape."), IlgpuParameter.Floats("y", "The same.")],
            "y[index] = x[index];");
    }

    /// <summary>y = x₁ + x₂.</summary>
    public static IlgpuKernel Add(CompiledModel model, Kernel kernel) => Element(
        kernel,
        "y = x₁ + x₂",
        "Residual branch.",
        [
            IlgpuParameter.Floats("left", $"[T, {kernel.Inputs[0].Columns}]."),
            IlgpuParameter.Floats("right", $"[T, {kernel.Inputs[1].Columns}]."),
            IlgpuParameter.Floats("y", $"[T, {kernel.Outputs[0].Columns}]."),
        ],
        Place(model, kernel.Outputs[0], [.. kernel.Inputs, kernel.Outputs[0]], "y[{2}] = left[{0}] + right[{1}];"));

    /// <summary>s = act(z).</summary>
    public static IlgpuKernel Activation(CompiledModel model, Kernel kernel) => Element(
        kernel,
        $"s = {IlgpuActivations.Formula(model)}",
        $"ActivationForward × {model.Spec.Auxiliary.FeedForwardBlocks}.",
        [
            IlgpuParameter.Floats("preActivation", $"z, [T, {kernel.Inputs[0].Columns}]."),
            IlgpuParameter.Floats("activated", $"s, [T, {kernel.Outputs[0].Columns}]."),
        ],
        Place(model, kernel.Outputs[0], [kernel.Inputs[0], kernel.Outputs[0]], "activated[{1}] = Activation(preActivation[{0}]);"));

    /// <summary>∂z = N (act(z + ∂s/N) − act(z)).</summary>
    public static IlgpuKernel ActivationBackward(CompiledModel model, Kernel kernel) => Element(
        kernel,
        $"∂z = N (act(z + ∂s/N) − act(z)), act(z) = {IlgpuActivations.Formula(model)}",
        $"ActivationBackward × {model.Spec.Auxiliary.FeedForwardBlocks}: the finite difference, evaluated without cancellation.",
        [
            IlgpuParameter.Floats("activatedGradient", $"∂s, [R, {kernel.Inputs[0].Columns}]."),
            IlgpuParameter.Floats("preActivation", $"z at the same rows, [R, {kernel.Inputs[1].Columns}]."),
            IlgpuParameter.Floats("preActivationGradient", $"∂z, [R, {kernel.Outputs[0].Columns}]."),
        ],
        Place(
            model,
            kernel.Outputs[0],
            [kernel.Inputs[0], kernel.Inputs[1], kernel.Outputs[0]],
            "preActivationGradient[{2}] = ActivationDifference(preActivation[{1}], activatedGradient[{0}]);"));

    /// <summary>r_t = m_t mean − m_t E[target_t], or r_t −= m_t E[target_t], or from parts of r_t.</summary>
    public static IlgpuKernel Targets(CompiledModel model, Kernel kernel, bool fromMean)
    {
        int width = model.Spec.Auxiliary.HiddenSize;
        bool fromParts = IlgpuHead.Parts(model) > 1;
        string start = fromMean ? "(weights[row] * mean[column])" : fromParts ? "sum" : "gradient[index]";
        string sum = fromParts ? "float sum = 0f;\nfor (int part = 0; part < count; part++)\n    sum += parts[(part * length) + index];\n" : string.Empty;
        return Element(
            kernel,
            fromMean ? "r_t = m_t mean E − m_t E[target_t]" : fromParts ? "r_t = Σ parts_t − m_t E[target_t]" : "r_t −= m_t E[target_t]",
            "Loss gradient of the construction.",
            [
                IlgpuParameter.Integers("targets", "Token that each row predicts, [R]."),
                IlgpuParameter.Floats("targetWeights", "m_t, 0 for a row without target, [R]."),
                .. fromMean
                    ? [IlgpuParameter.Floats("weights", "m_t, [R]."), IlgpuParameter.Floats("mean", $"Mean of E over the vocabulary, [{width}].")]
                    : Array.Empty<IlgpuParameter>(),
                IlgpuParameter.Floats("embedding", $"Token embedding E, [{model.Spec.Auxiliary.VocabularySize}, {width}]."),
                .. fromParts ? [IlgpuParameter.Floats("parts", $"Sums over parts of the vocabulary, [count, R, {width}].")] : Array.Empty<IlgpuParameter>(),
                IlgpuParameter.Floats("gradient", $"r, [R, {width}]."),
                .. fromParts ? [IlgpuParameter.Count("count", "Number of parts."), IlgpuParameter.Count("length", $"R · {width}.")] : Array.Empty<IlgpuParameter>(),
            ],
            $"""
            int element = index;
            int row = element / {Integer(width)};
            int column = element % {Integer(width)};
            {sum}gradient[index] = {start} - (targetWeights[row] * embedding[(targets[row] * {Integer(width)}) + column]);
            """) with { Name = "SubtractTargets" };
    }

    private static IlgpuKernel Element(Kernel kernel, string formula, string construction, IlgpuParameter[] parameters, string body) =>
        new(KernelNames.Of(kernel), formula, construction, kernel.Origin, [Index, .. parameters], (code, _) => code.Line(body), Grouped: false);

    /// <summary>A statement on elements at their places: {i} is the place in operand i. Dense operands share the index.</summary>
    private static string Place(CompiledModel model, Operand shape, Operand[] operands, string statement)
    {
        bool dense = operands.All(operand => model.Buffers[operand.Buffer].Columns == operand.Columns);
        string width = Integer(shape.Columns);
        object[] places = [.. operands.Select(operand => dense ? "index" : $"(row * {IlgpuProducts.Stride(model, operand)}) + column")];
        string line = string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, places);
        return dense ? line : $"int element = index;\nint row = element / {width};\nint column = element % {width};\n{line}";
    }
}
