using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>W′ = W − lr Σ_t ∂y_t x_tᵀ.</summary>
internal sealed class LinearDescent : KernelForm
{
    public static KernelForm Form { get; } = new LinearDescent();

    public override string NameOf(Kernel kernel) => KernelNames.WeightStem(kernel) + "Descent";

    public override bool IsPerSequence(CpuCall call) => true;

    public override string Call(CpuCall call) => CpuCall.Method(
        NameOf(call.Kernel), ["Workers", .. call.Inputs, "Group.LearningRate", call.Weight, $"updated.{KernelNames.Weight(call.Kernel)}.AsMatrix()"]);

    public override void Write(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        int outputs = kernel.Inputs[0].Columns / kernel.Heads;
        int inputs = kernel.Inputs[1].Columns / kernel.Heads;
        KernelText.Document(code, model, kernel, "W′ = W − lr Σ_t ∂y_t x_tᵀ", KernelText.Folded(model, kernel, "LinearDescent", KernelText.Widest(kernel)));
        KernelText.Parameters(
            code,
            ("workers", "Threads that share the product."),
            ("gradient", $"{kernel.Inputs[0].Buffer}, [R, {outputs}]."),
            ("x", $"{kernel.Inputs[1].Buffer} at the same rows, [R, {inputs}]."),
            ("learningRate", "Inner learning rate."),
            ("weight", $"{PlanParameters.WeightName(kernel)} before this step, [{outputs}, {inputs}]."),
            ("updated", "The same after it; may be weight."));
        code.Line($"public static void {NameOf(kernel)}(Workers workers, MatrixView gradient, MatrixView x, float learningRate, WeightView weight, MatrixView updated) =>");
        code.Indented(() => code.Line("MatrixProduct.LinearDescent(workers, gradient, x, learningRate, weight, updated);"));
    }

    public override string? ShapeMistake(Kernel kernel, Func<string, Parameter> parameter) =>
        KernelText.ProductMistake(kernel, kernel.Inputs[0].Columns, kernel.Inputs[1].Columns, parameter);
}
