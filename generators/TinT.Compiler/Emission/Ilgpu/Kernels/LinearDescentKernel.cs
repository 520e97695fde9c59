using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>W′ = W − lr Σ_t ∂y_t x_tᵀ.</summary>
internal sealed class LinearDescentKernel : IKernelKind
{
    /// <inheritdoc/>
    public IEnumerable<IlgpuKernel> Kernels(CompiledModel model, GpuStep step)
    {
        Kernel kernel = step.Kernel;
        Operand gradient = kernel.Inputs[0];
        Operand x = kernel.Inputs[1];
        int outputs = gradient.Columns / kernel.Heads;
        int inputs = x.Columns / kernel.Heads;
        yield return new IlgpuKernel(
            KernelNames.Of(kernel),
            "W′ = W − lr Σ_t ∂y_t x_tᵀ",
            KernelText.Folded(model, kernel, "LinearDescent", KernelText.Widest(kernel)),
            kernel.Origin,
            [
                IlgpuParameter.Floats("gradient", $"{gradient.Buffer}, [R, {Integer(outputs)}]."),
                IlgpuParameter.Floats("x", $"{x.Buffer} at the same rows, [R, {inputs}]."),
                IlgpuParameter.Floats("weight", ProductDocs.Weight(kernel, outputs, inputs)),
                IlgpuParameter.Floats("updated", "The same after it; may be weight."),
                IlgpuParameter.Number("learningRate", "Inner learning rate."),
                IlgpuParameter.Count("tokens", "Rows R of the gradient."),
            ],
            CallText.Of(
                "Product.TransposedTimes<TGroup, Descent>",
                MatrixText.OfTokens(model, "gradient", gradient, "tokens", kernel.Heads),
                MatrixText.OfTokens(model, "x", x, "tokens", kernel.Heads),
                $"new({MatrixText.OfWeights("weight", outputs, inputs)}, {MatrixText.OfWeights("updated", outputs, inputs)}, learningRate)"));
    }

    /// <inheritdoc/>
    public IEnumerable<string> Launches(LaunchText launch)
    {
        yield return launch.Call(
            $"ProductTiles({Integer(launch.Kernel.Inputs[1].Columns / launch.Kernel.Heads)}, {Integer(launch.Kernel.Inputs[0].Columns / launch.Kernel.Heads)})",
            launch.Inputs,
            [launch.Weight, launch.UpdatedWeight, "LearningRate", launch.Rows]);
    }
}
