using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>∂x = ∂y W.</summary>
internal sealed class LinearBackward : KernelForm
{
    public static KernelForm Form { get; } = new LinearBackward();

    public override string NameOf(Kernel kernel) => KernelNames.WeightStem(kernel) + "Backward";

    public override bool IsPerSequence(CpuCall call) => false;

    public override string Call(CpuCall call) => CpuCall.Method(NameOf(call.Kernel), ["Workers", .. call.Inputs, call.Weight, .. call.Outputs]);

    public override void Write(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        int outputs = kernel.Inputs[0].Columns / kernel.Heads;
        int inputs = kernel.Outputs[0].Columns / kernel.Heads;
        KernelText.Document(code, model, kernel, "∂x = ∂y W", KernelText.Folded(model, kernel, "LinearBackward", KernelText.Widest(kernel)));
        KernelText.Parameters(
            code,
            ("workers", "Threads that share the product."),
            ("gradient", $"{kernel.Inputs[0].Buffer}, [R, {outputs}]."),
            ("weight", $"{PlanParameters.WeightName(kernel)} before this step, [{outputs}, {inputs}]."),
            ("inputGradient", $"{kernel.Outputs[0].Buffer}, [R, {inputs}]."));
        code.Line($"public static void {NameOf(kernel)}(Workers workers, MatrixView gradient, WeightView weight, MatrixView inputGradient) =>");
        code.Indented(() => code.Line("MatrixProduct.LinearBackward(workers, gradient, weight, inputGradient, accumulate: false);"));
    }

    public override string? ShapeMistake(Kernel kernel, Func<string, Parameter> parameter) =>
        KernelText.ProductMistake(kernel, kernel.Inputs[0].Columns, kernel.Outputs[0].Columns, parameter);
}
