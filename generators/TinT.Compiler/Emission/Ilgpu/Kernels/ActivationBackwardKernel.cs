using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>∂z = N (act(z + ∂s/N) − act(z)), where it is not fused to its product.</summary>
internal sealed class ActivationBackwardKernel : IKernelKind
{
    /// <inheritdoc/>
    public IEnumerable<IlgpuKernel> Kernels(CompiledModel model, GpuStep step)
    {
        Kernel kernel = step.Kernel;
        yield return new IlgpuKernel(
            KernelNames.Of(kernel),
            $"∂z = N (act(z + ∂s/N) − act(z)), act(z) = {model.Spec.Auxiliary.Activation.Value.Formula}",
            $"ActivationBackward × {model.Spec.Auxiliary.FeedForwardBlocks}: the finite difference, evaluated without cancellation.",
            kernel.Origin,
            [
                IlgpuParameter.Index,
                IlgpuParameter.Floats("activatedGradient", $"∂s, [R, {kernel.Inputs[0].Columns}]."),
                IlgpuParameter.Floats("preActivation", $"z at the same rows, [R, {kernel.Inputs[1].Columns}]."),
                IlgpuParameter.Floats("preActivationGradient", $"∂z, [R, {kernel.Outputs[0].Columns}]."),
            ],
            CallText.Of(
                $"Elements.Difference<{model.Spec.Auxiliary.Activation.Value.TypeName}>",
                "index",
                MatrixText.OfElements(model, "activatedGradient", kernel.Inputs[0]),
                MatrixText.OfElements(model, "preActivation", kernel.Inputs[1]),
                MatrixText.OfElements(model, "preActivationGradient", kernel.Outputs[0]),
                "TaylorScale"),
            Grouped: false);
    }

    /// <inheritdoc/>
    public IEnumerable<string> Launches(LaunchText launch)
    {
        yield return launch.CallForElements(launch.Inputs, launch.Outputs);
    }
}
