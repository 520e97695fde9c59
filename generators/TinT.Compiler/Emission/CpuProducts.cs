using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;

namespace TinT.Compiler.Emission;

/// <summary>Products with the prefix rows: forward, backward, descent.</summary>
internal static class CpuProducts
{
    public static void Write(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        switch (kernel.Kind)
        {
            case KernelKind.Linear:
                WriteForward(code, model, kernel);
                break;
            case KernelKind.LinearBackward:
                WriteBackward(code, model, kernel);
                break;
            case KernelKind.LinearDescent:
                WriteDescent(code, model, kernel);
                break;
            case KernelKind.LinearAttention:
                WriteAttention(code, model, kernel);
                break;
            default:
                WriteBiasDescent(code, model, kernel);
                break;
        }
    }

    private static void WriteForward(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        int inputs = kernel.Inputs[0].Columns;
        int outputs = kernel.Outputs[0].Columns;
        bool biased = kernel.BiasShare != Share.None;
        string sum = (kernel.Residual is null ? "y = x Wᵀ" : "y = residual + x Wᵀ") + (biased ? " + b" : string.Empty);
        CpuWriter.Document(code, model, kernel, sum, Construction(model, kernel, "LinearForward"));
        code.Doc("param", "Threads that share the product.", " name=\"workers\"");
        code.Doc("param", $"{kernel.Inputs[0].Buffer}, [T, {inputs}].", " name=\"x\"");
        code.Doc("param", $"{PlanParameters.WeightName(kernel)}, [{outputs}, {inputs}].", " name=\"weight\"");
        if (biased)
            code.Doc("param", $"{PlanParameters.BiasName(kernel)}, [{outputs}].", " name=\"bias\"");
        if (kernel.Residual is not null)
            code.Doc("param", $"{kernel.Residual.Buffer}, [T, {outputs}]; may be y.", " name=\"residual\"");
        code.Doc("param", $"{kernel.Outputs[0].Buffer}, [T, {outputs}].", " name=\"y\"");
        bool adds = kernel.Residual is not null;
        string bias = biased ? "bias" : "default";
        code.Line($"public static void {KernelNames.Of(kernel)}(Workers workers, MatrixView x, WeightView weight, {(biased ? "VectorView bias, " : "")}{(adds ? "MatrixView residual, " : "")}MatrixView y) =>");
        code.Indented(() => code.Line(adds
            ? $"MatrixProduct.LinearAdd(workers, x, weight, {bias}, residual, y);"
            : $"MatrixProduct.Linear(workers, x, weight, {bias}, y);"));
    }

    private static void WriteBackward(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        int outputs = kernel.Inputs[0].Columns;
        int inputs = kernel.Outputs[0].Columns;
        CpuWriter.Document(code, model, kernel, "∂x = ∂y W", Construction(model, kernel, "LinearBackward"));
        code.Doc("param", "Threads that share the product.", " name=\"workers\"");
        code.Doc("param", $"{kernel.Inputs[0].Buffer}, [R, {outputs}].", " name=\"gradient\"");
        code.Doc("param", $"{PlanParameters.WeightName(kernel)} before this step, [{outputs}, {inputs}].", " name=\"weight\"");
        code.Doc("param", $"{kernel.Outputs[0].Buffer}, [R, {inputs}].", " name=\"inputGradient\"");
        code.Line($"public static void {KernelNames.Of(kernel)}(Workers workers, MatrixView gradient, WeightView weight, MatrixView inputGradient) =>");
        code.Indented(() => code.Line("MatrixProduct.LinearBackward(workers, gradient, weight, inputGradient, accumulate: false);"));
    }

    private static void WriteDescent(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        int outputs = kernel.Inputs[0].Columns;
        int inputs = kernel.Inputs[1].Columns;
        CpuWriter.Document(code, model, kernel, "W′ = W − lr Σ_t ∂y_t x_tᵀ", Construction(model, kernel, "LinearDescent"));
        code.Doc("param", "Threads that share the product.", " name=\"workers\"");
        code.Doc("param", $"{kernel.Inputs[0].Buffer}, [R, {outputs}].", " name=\"gradient\"");
        code.Doc("param", $"{kernel.Inputs[1].Buffer} at the same rows, [R, {inputs}].", " name=\"x\"");
        code.Doc("param", "Inner learning rate.", " name=\"learningRate\"");
        code.Doc("param", $"{PlanParameters.WeightName(kernel)} before this step, [{outputs}, {inputs}].", " name=\"weight\"");
        code.Doc("param", "The same after it; may be weight.", " name=\"updated\"");
        code.Line($"public static void {KernelNames.Of(kernel)}(Workers workers, MatrixView gradient, MatrixView x, float learningRate, WeightView weight, MatrixView updated) =>");
        code.Indented(() => code.Line("MatrixProduct.LinearDescent(workers, gradient, x, learningRate, weight, updated);"));
    }

    /// <summary>The dual form of the descent: what an earlier step's update adds to a product with the weights.</summary>
    private static void WriteAttention(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        bool backward = kernel.Transposed;
        int copies = kernel.BiasShare.Numerator;
        string formula = (backward, copies) switch
        {
            (true, _) => "∂x_t −= lr Σ_s ⟨∂y_t, ∂y_s⟩ x_s",
            (false, 0) => "y_t −= lr Σ_s ⟨x_t, x_s⟩ ∂y_s",
            _ => $"y_t −= lr Σ_s (⟨x_t, x_s⟩ + {copies}) ∂y_s",
        };
        string bias = copies == 0 ? string.Empty : $" The {copies} stands for the bias" + (copies == 1 ? "." : $", which is spread over {copies} blocks.");
        CpuWriter.Document(code, model, kernel, formula, $"LinearDescent as the attention without softmax that it is, from the tokens to the training tokens of an earlier step.{bias}");
        string rows = backward ? "R" : "T";
        code.Doc("param", "Threads that share the tokens.", " name=\"workers\"");
        code.Doc("param", $"{kernel.Inputs[0].Buffer}, [{rows}, {kernel.Inputs[0].Columns}].", " name=\"queries\"");
        code.Doc("param", $"{kernel.Inputs[1].Buffer} of the earlier step, [R, {kernel.Inputs[1].Columns}].", " name=\"keys\"");
        code.Doc("param", $"{kernel.Inputs[2].Buffer} of the earlier step, [R, {kernel.Inputs[2].Columns}].", " name=\"values\"");
        code.Doc("param", "Inner learning rate.", " name=\"learningRate\"");
        code.Doc("param", $"{kernel.Outputs[0].Buffer}, [{rows}, {kernel.Outputs[0].Columns}].", " name=\"result\"");
        code.Line($"public static void {KernelNames.Of(kernel)}(Workers workers, MatrixView queries, MatrixView keys, MatrixView values, float learningRate, MatrixView result) =>");
        code.Indented(() => code.Line($"MatrixProduct.LinearAttention(workers, queries, keys, values, learningRate, offset: {copies}, result);"));
    }

    private static void WriteBiasDescent(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        int outputs = kernel.Inputs[0].Columns;
        int copies = kernel.BiasShare.Numerator;
        string factor = copies == 1 ? "lr" : $"{copies} lr";
        string why = copies == 1 ? string.Empty : $" The bias is spread over {copies} blocks, each of which moves its copy by lr.";
        CpuWriter.Document(code, model, kernel, $"b′ = b − {factor} Σ_t ∂y_t", Construction(model, kernel, "LinearDescent") + why);
        code.Doc("param", "Threads that share the columns.", " name=\"workers\"");
        code.Doc("param", $"{kernel.Inputs[0].Buffer}, [R, {outputs}].", " name=\"gradient\"");
        code.Doc("param", "Inner learning rate.", " name=\"learningRate\"");
        code.Doc("param", $"{PlanParameters.BiasName(kernel)} before this step, [{outputs}].", " name=\"bias\"");
        code.Doc("param", "The same after it; may be bias.", " name=\"updated\"");
        code.Line($"public static void {KernelNames.Of(kernel)}(Workers workers, MatrixView gradient, float learningRate, VectorView bias, VectorView updated) =>");
        string scale = copies == 1 ? "learningRate" : $"{copies} * learningRate";
        code.Indented(() => code.Line($"MatrixProduct.BiasDescent(workers, gradient, {scale}, bias, updated);"));
    }

    /// <summary>What the kernel is in the literal construction.</summary>
    private static string Construction(CompiledModel model, Kernel kernel, string module)
    {
        int width = model.Spec.Auxiliary.HiddenSize;
        int matrices = Math.Max(1, kernel.Kind == KernelKind.BiasDescent
            ? kernel.BiasShare.Numerator * kernel.Inputs[0].Columns / width
            : kernel.Inputs.Concat(kernel.Outputs).Max(o => o.Columns) / width);
        string count = matrices == 1 ? string.Empty : $" × {matrices}";
        return $"{module}{count} over {model.Spec.Simulator.PrefixTokens} prefix embeddings of {model.Spec.Simulator.Sharding.Value} rows, folded to one product.";
    }
}
