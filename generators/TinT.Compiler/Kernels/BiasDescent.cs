using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>b′ = b − n lr Σ_t ∂y_t, for a bias that is spread over n blocks.</summary>
internal sealed class BiasDescent : KernelForm
{
    public static KernelForm Form { get; } = new BiasDescent();

    public override string NameOf(Kernel kernel) => KernelNames.BiasStem(kernel) + "BiasDescent";

    public override bool IsPerSequence(CpuCall call) => true;

    public override string Call(CpuCall call) =>
        CpuCall.Method(NameOf(call.Kernel), ["Workers", .. call.Inputs, call.BiasRate, call.Bias, call.UpdatedBias]);

    public override void Write(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        int outputs = kernel.Inputs[0].Columns;
        int copies = kernel.BiasShare.Numerator;
        string factor = copies == 1 ? "lr" : $"{copies} lr";
        string why = copies == 1 ? string.Empty : $" The bias is spread over {copies} blocks, each of which moves its copy by lr.";
        KernelText.Document(code, model, kernel, $"b′ = b − {factor} Σ_t ∂y_t", KernelText.Folded(model, kernel, "LinearDescent", copies * outputs) + why);
        KernelText.Parameters(
            code,
            ("workers", "Threads that share the columns."),
            ("gradient", $"{kernel.Inputs[0].Buffer}, [R, {outputs}]."),
            ("learningRate", "Inner learning rate."),
            ("bias", $"{PlanParameters.BiasName(kernel)} before this step, [{outputs}]."),
            ("updated", "The same after it; may be bias."));
        code.Line($"public static void {NameOf(kernel)}(Workers workers, MatrixView gradient, float learningRate, VectorView bias, VectorView updated) =>");
        string scale = copies == 1 ? "learningRate" : $"{copies} * learningRate";
        code.Indented(() => code.Line($"MatrixProduct.BiasDescent(workers, gradient, {scale}, bias, updated);"));
    }
}
