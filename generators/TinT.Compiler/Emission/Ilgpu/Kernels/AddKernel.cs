using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>y = x₁ + x₂.</summary>
internal sealed class AddKernel : IKernelKind
{
    /// <inheritdoc/>
    public IEnumerable<IlgpuKernel> Kernels(CompiledModel model, GpuStep step)
    {
        Kernel kernel = step.Kernel;
        yield return new IlgpuKernel(
            KernelNames.Of(kernel),
            "y = x₁ + x₂",
            "Residual branch.",
            kernel.Origin,
            [
                IlgpuParameter.Index,
                IlgpuParameter.Floats("left", $"[T, {kernel.Inputs[0].Columns}]."),
                IlgpuParameter.Floats("right", $"[T, {kernel.Inputs[1].Columns}]."),
                IlgpuParameter.Floats("y", $"[T, {kernel.Outputs[0].Columns}]."),
            ],
            CallText.Of(
                "Elements.Add",
                "index",
                MatrixText.OfElements(model, "left", kernel.Inputs[0]),
                MatrixText.OfElements(model, "right", kernel.Inputs[1]),
                MatrixText.OfElements(model, "y", kernel.Outputs[0])),
            Grouped: false);
    }

    /// <inheritdoc/>
    public IEnumerable<string> Launches(LaunchText launch)
    {
        yield return launch.CallForElements(launch.Inputs, launch.Outputs);
    }
}
