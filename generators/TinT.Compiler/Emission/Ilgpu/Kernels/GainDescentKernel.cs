using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>gain′ = gain − lr Σ_t ∂y_t ∘ x̂_t.</summary>
internal sealed class GainDescentKernel : IKernelKind
{
    /// <inheritdoc/>
    public IEnumerable<IlgpuKernel> Kernels(CompiledModel model, GpuStep step)
    {
        Kernel kernel = step.Kernel;
        Operand gradient = kernel.Inputs[0];
        int columns = gradient.Columns / kernel.Heads;
        string rows = kernel.Heads == 1 ? "R" : $"{kernel.Heads} R";
        yield return new IlgpuKernel(
            KernelNames.Of(kernel),
            "gain′ = gain − lr Σ_t ∂y_t ∘ x̂_t",
            "LinearDescent, of which all but the diagonal is cleared. Threads below each other add up parts of a column.",
            kernel.Origin,
            [
                IlgpuParameter.Floats("gradient", $"{gradient.Buffer}, [{rows}, {columns}]."),
                IlgpuParameter.Floats("normalized", $"x̂ at the same rows, [{rows}, {columns}]."),
                IlgpuParameter.Floats("gain", $"{PlanParameters.WeightName(kernel)} before this step, [{columns}]."),
                IlgpuParameter.Floats("updated", "The same after it; may be gain."),
                IlgpuParameter.Number("learningRate", "Inner learning rate."),
                IlgpuParameter.Count("rows", "Rows of the gradient."),
            ],
            CallText.Of(
                "ColumnSums.DescendAlong<TGroup>",
                MatrixText.OfTokens(model, "gradient", gradient, heads: kernel.Heads),
                MatrixText.OfTokens(model, "normalized", kernel.Inputs[1], heads: kernel.Heads),
                "gain",
                "updated",
                "learningRate"));
    }

    /// <inheritdoc/>
    public IEnumerable<string> Launches(LaunchText launch)
    {
        yield return launch.Call(
            $"ColumnGroups({Integer(launch.Kernel.Inputs[0].Columns / launch.Kernel.Heads)})",
            launch.Inputs,
            [launch.Weight, launch.UpdatedWeight, "LearningRate", launch.Rows]);
    }
}
