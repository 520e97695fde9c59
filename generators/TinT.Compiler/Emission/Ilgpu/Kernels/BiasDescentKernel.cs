using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>b′ = b − scale · Σ_t ∂y_t.</summary>
internal sealed class BiasDescentKernel : IKernelKind
{
    /// <inheritdoc/>
    public IEnumerable<IlgpuKernel> Kernels(CompiledModel model, GpuStep step)
    {
        Kernel kernel = step.Kernel;
        Operand gradient = kernel.Inputs[0];
        int columns = gradient.Columns / kernel.Heads;
        int copies = kernel.BiasShare.Numerator;
        yield return new IlgpuKernel(
            KernelNames.Of(kernel),
            $"b′ = b − {(copies == 1 ? "lr" : $"{copies} lr")} Σ_t ∂y_t",
            "LinearDescent." + (copies == 1 ? string.Empty : $" The bias is spread over {copies} blocks, each of which moves its copy by lr.")
                + " Threads below each other add up parts of a column.",
            kernel.Origin,
            [
                IlgpuParameter.Floats("gradient", $"{gradient.Buffer}, [R, {columns}]."),
                IlgpuParameter.Floats("bias", $"{PlanParameters.BiasName(kernel)} before this step, [{columns}]."),
                IlgpuParameter.Floats("updated", "The same after it; may be bias."),
                IlgpuParameter.Number("learningRate", "Inner learning rate."),
                IlgpuParameter.Count("rows", "Rows R of the gradient."),
            ],
            CallText.Of(
                "ColumnSums.Descend<TGroup>",
                MatrixText.OfTokens(model, "gradient", gradient, heads: kernel.Heads),
                "bias",
                "updated",
                copies == 1 ? "learningRate" : $"{Integer(copies)} * learningRate"));
    }

    /// <inheritdoc/>
    public IEnumerable<string> Launches(LaunchText launch)
    {
        yield return launch.Call(
            $"ColumnGroups({Integer(launch.Kernel.Inputs[0].Columns / launch.Kernel.Heads)})", launch.Inputs, [launch.Bias, launch.UpdatedBias, "LearningRate", launch.Rows]);
    }
}
