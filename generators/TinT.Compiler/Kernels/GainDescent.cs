using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>gain′ = gain − lr Σ_t ∂y_t ∘ x̂_t, for a norm whose gain moves as a vector; of heads that share it over all of them.</summary>
internal sealed class GainDescent : KernelForm
{
    public static KernelForm Form { get; } = new GainDescent();

    public override string NameOf(Kernel kernel) => KernelNames.WeightStem(kernel) + "Descent";

    public override bool IsPerSequence(CpuCall call) => true;

    public override string Call(CpuCall call) =>
        CpuCall.Method(NameOf(call.Kernel), ["Workers", .. call.Inputs, call.GainRate, call.Weight, call.UpdatedGain]);

    public override void Write(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        int width = kernel.Inputs[0].Columns / kernel.Heads;
        string rows = kernel.Heads == 1 ? "R" : $"{kernel.Heads} R";
        KernelText.Document(
            code,
            model,
            kernel,
            "gain′ = gain − lr Σ_t ∂y_t ∘ x̂_t",
            $"{KernelText.Folded(model, kernel, "LinearDescent", width)} All of it but the diagonal is cleared there, which leaves a sum for each element.");
        KernelText.Parameters(
            code,
            ("workers", "Threads that share the columns."),
            ("gradient", $"{kernel.Inputs[0].Buffer}, [{rows}, {width}]."),
            ("normalized", $"x̂ at the same rows, [{rows}, {width}]."),
            ("learningRate", "Inner learning rate."),
            ("gain", $"{PlanParameters.WeightName(kernel)} before this step, [{width}]."),
            ("updated", "The same after it; may be gain."));
        string parameters = "Workers workers, MatrixView gradient, MatrixView normalized, float learningRate, VectorView gain, VectorView updated";
        code.Line($"public static void {NameOf(kernel)}({parameters}) =>");
        code.Indented(() => code.Line("MatrixProduct.GainDescent(workers, gradient, normalized, learningRate, gain, updated);"));
    }

    public override string? ShapeMistake(Kernel kernel, Func<string, Parameter> parameter)
    {
        Parameter gain = parameter(PlanParameters.WeightName(kernel));
        return gain.Vector && kernel.Inputs.All(input => input.Columns == kernel.Heads * gain.Columns)
            ? null
            : $"{kernel.Kind} of {kernel.Module} has {kernel.Inputs[0].Columns} gradients and {kernel.Inputs[1].Columns} normalized columns for a gain of "
                + $"[{gain.Rows}, {gain.Columns}] that {kernel.Heads} heads share.";
    }
}
