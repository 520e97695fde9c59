using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>The dual form of the descent, y_t −= lr Σ_s (⟨x_t, key_s⟩ + c) value_s: what an earlier step's update adds to a product with the weights.</summary>
internal sealed class LinearAttention : KernelForm
{
    public static KernelForm Form { get; } = new LinearAttention();

    public override string NameOf(Kernel kernel) => KernelNames.WeightStem(kernel) + (kernel.Transposed ? "BackwardDual" : "ForwardDual");

    public override bool IsPerSequence(CpuCall call) => true;

    public override string Call(CpuCall call) => CpuCall.Method(
        NameOf(call.Kernel),
        ["Workers", call.Inputs.First(), call.Earlier(call.Kernel.Inputs[1]), call.Earlier(call.Kernel.Inputs[2]), "Group.LearningRate", .. call.Outputs]);

    public override void Write(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        int copies = kernel.BiasShare.Numerator;
        string formula = (kernel.Transposed, copies) switch
        {
            (true, _) => "∂x_t −= lr Σ_s ⟨∂y_t, ∂y_s⟩ x_s",
            (false, 0) => "y_t −= lr Σ_s ⟨x_t, x_s⟩ ∂y_s",
            _ => $"y_t −= lr Σ_s (⟨x_t, x_s⟩ + {copies}) ∂y_s",
        };
        string bias = copies == 0 ? string.Empty : $" The {copies} stands for the bias" + (copies == 1 ? "." : $", which is spread over {copies} blocks.");
        KernelText.Document(code, model, kernel, formula, $"LinearDescent as the attention without softmax that it is, from the tokens to the training tokens of an earlier step.{bias}");
        string rows = kernel.Transposed ? "R" : "T";
        KernelText.Parameters(
            code,
            ("workers", "Threads that share the tokens."),
            ("queries", $"{kernel.Inputs[0].Buffer}, [{rows}, {kernel.Inputs[0].Columns}]."),
            ("keys", $"{kernel.Inputs[1].Buffer} of the earlier step, [R, {kernel.Inputs[1].Columns}]."),
            ("values", $"{kernel.Inputs[2].Buffer} of the earlier step, [R, {kernel.Inputs[2].Columns}]."),
            ("learningRate", "Inner learning rate."),
            ("result", $"{kernel.Outputs[0].Buffer}, [{rows}, {kernel.Outputs[0].Columns}]."));
        code.Line($"public static void {NameOf(kernel)}(Workers workers, MatrixView queries, MatrixView keys, MatrixView values, float learningRate, MatrixView result) =>");
        code.Indented(() => code.Line($"MatrixProduct.LinearAttention(workers, queries, keys, values, learningRate, offset: {copies}, result);"));
    }

    public override string? ShapeMistake(Kernel kernel, Func<string, Parameter> parameter) =>
        kernel.Inputs[0].Columns == kernel.Inputs[1].Columns && kernel.Inputs[2].Columns == kernel.Outputs[0].Columns
            ? null
            : $"{kernel.Kind} of {kernel.Module} attends with {kernel.Inputs[0].Columns} to {kernel.Inputs[1].Columns} columns and adds {kernel.Inputs[2].Columns} to {kernel.Outputs[0].Columns}.";
}
