using TinT.Compiler.Devices;
using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>The dual form of the descent, y −= lr Σ_s (⟨x, key_s⟩ + c) value_s: attention without softmax to the training tokens of an earlier step.</summary>
internal sealed class LinearAttentionKernel : IKernelKind
{
    /// <inheritdoc/>
    public IEnumerable<IlgpuKernel> Kernels(CompiledModel model, GpuStep step)
    {
        Kernel kernel = step.Kernel;
        Operand queries = kernel.Inputs[0];
        Operand keys = kernel.Inputs[1];
        Operand values = kernel.Inputs[2];
        Operand result = kernel.Outputs[0];
        bool backward = kernel.Transposed;
        int copies = kernel.BiasShare.Numerator;
        string rows = backward ? "R" : "T";
        string bias = copies == 0
            ? string.Empty
            : $" The {Integer(copies)} stands for the bias" + (copies == 1 ? "." : $", which is spread over {Integer(copies)} blocks.");
        yield return new IlgpuKernel(
            KernelNames.Of(kernel),
            (backward, copies) switch
            {
                (true, _) => "∂x_t −= lr Σ_s ⟨∂y_t, ∂y_s⟩ x_s",
                (false, 0) => "y_t −= lr Σ_s ⟨x_t, x_s⟩ ∂y_s",
                _ => $"y_t −= lr Σ_s (⟨x_t, x_s⟩ + {Integer(copies)}) ∂y_s",
            },
            "LinearDescent as the attention without softmax that it is, from the tokens to the training tokens of an earlier step."
                + $"{bias} A group computes {Integer(GroupTiles.LinearAttentionTiles)} tiles side by side from the same scores.",
            kernel.Origin,
            [
                IlgpuParameter.Floats("queries", $"{queries.Buffer}, [{rows}, {Integer(queries.Columns)}]."),
                IlgpuParameter.Floats("keys", $"{keys.Buffer} of the earlier step, [R, {Integer(keys.Columns)}]."),
                IlgpuParameter.Floats("values", $"{values.Buffer} of the earlier step, [R, {Integer(values.Columns)}]."),
                IlgpuParameter.Floats("result", $"{result.Buffer}, [{rows}, {Integer(result.Columns)}]."),
                IlgpuParameter.Number("learningRate", "Inner learning rate."),
                IlgpuParameter.Count("rows", "Rows of the result."),
                IlgpuParameter.Count("trainingRows", "Rows R of the earlier step."),
            ],
            CallText.Of(
                "LinearAttention.Subtract<TGroup>",
                MatrixText.OfTokens(model, "queries", queries),
                MatrixText.OfTokens(model, "keys", keys, "trainingRows"),
                MatrixText.OfTokens(model, "values", values, "trainingRows"),
                MatrixText.OfTokens(model, "result", result),
                "learningRate",
                $"{Integer(copies)}f"));
    }

    /// <inheritdoc/>
    public IEnumerable<string> Launches(LaunchText launch)
    {
        yield return launch.Call(
            $"LinearAttentionTiles({Integer(launch.Kernel.Outputs[0].Columns)}, {launch.Rows})",
            [launch.Inputs[0], launch.Earlier(launch.Kernel.Inputs[1]), launch.Earlier(launch.Kernel.Inputs[2]), launch.Outputs[0], "LearningRate", launch.Rows, "run.TrainingRows"]);
    }
}
