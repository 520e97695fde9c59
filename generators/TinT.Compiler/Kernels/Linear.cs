using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>y = x Wᵀ + b, plus the residual if there is one.</summary>
internal sealed class Linear : KernelForm
{
    public static KernelForm Form { get; } = new Linear();

    public override bool AddsResidual => true;

    public override string NameOf(Kernel kernel) => KernelNames.WeightStem(kernel) + "Forward";

    public override bool IsPerSequence(CpuCall call) => false;

    public override string Call(CpuCall call)
    {
        string[] bias = HasBias(call.Kernel) ? [call.Bias] : [];
        string[] residual = call.Kernel.Residual is { } added ? [call.View(added)] : [];
        return CpuCall.Method(NameOf(call.Kernel), ["Workers", .. call.Inputs, call.Weight, .. bias, .. residual, .. call.Outputs]);
    }

    public override void Write(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        int inputs = kernel.Inputs[0].Columns / kernel.Heads;
        int outputs = kernel.Outputs[0].Columns / kernel.Heads;
        bool biased = HasBias(kernel);
        string formula = (kernel.Residual is null ? "y = x Wᵀ" : "y = residual + x Wᵀ") + (biased ? " + b" : string.Empty);
        KernelText.Document(code, model, kernel, formula, KernelText.Folded(model, kernel, "LinearForward", KernelText.Widest(kernel)));
        KernelText.Parameters(code,
        [
            ("workers", "Threads that share the product."),
            ("x", $"{kernel.Inputs[0].Buffer}, [T, {inputs}]."),
            ("weight", $"{PlanParameters.WeightName(kernel)}, [{outputs}, {inputs}]."),
            .. biased ? [("bias", $"{PlanParameters.BiasName(kernel)}, [{outputs}].")] : Array.Empty<(string, string)>(),
            .. kernel.Residual is { } added ? [("residual", $"{added.Buffer}, [T, {outputs}]; may be y.")] : Array.Empty<(string, string)>(),
            ("y", $"{kernel.Outputs[0].Buffer}, [T, {outputs}]."),
        ]);
        bool adds = kernel.Residual is not null;
        string bias = biased ? "bias" : "default";
        code.Line($"public static void {NameOf(kernel)}(Workers workers, MatrixView x, WeightView weight, {(biased ? "VectorView bias, " : "")}{(adds ? "MatrixView residual, " : "")}MatrixView y) =>");
        code.Indented(() => code.Line(adds
            ? $"MatrixProduct.LinearAdd(workers, x, weight, {bias}, residual, y);"
            : $"MatrixProduct.Linear(workers, x, weight, {bias}, y);"));
    }

    public override string? ShapeMistake(Kernel kernel, Func<string, Parameter> parameter)
    {
        if (kernel.BiasShare != Share.Whole && kernel.BiasShare != Share.None)
            return $"{kernel.Kind} of {kernel.Module} adds {kernel.BiasShare.Numerator}/{kernel.BiasShare.Denominator} of its bias.";
        return KernelText.ProductMistake(kernel, kernel.Outputs[0].Columns, kernel.Inputs[0].Columns, parameter);
    }

    private static bool HasBias(Kernel kernel) => kernel.BiasShare != Share.None;
}
