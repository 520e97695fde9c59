using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>∂p = ∂s ∘ act(z), ∂z = N (act(z + ∂s ∘ p/N) − act(z)), where it is not fused to its product.</summary>
internal sealed class GateBackwardKernel : IKernelKind
{
    /// <inheritdoc/>
    public IEnumerable<IlgpuKernel> Kernels(CompiledModel model, GpuStep step)
    {
        Kernel kernel = step.Kernel;
        yield return new IlgpuKernel(
            KernelNames.Of(kernel),
            $"∂p = ∂s ∘ act(z), ∂z = N (act(z + ∂s ∘ p/N) − act(z)), act(z) = {model.Spec.Auxiliary.Activation.Value.Formula}",
            $"Two product layers and ActivationBackward × {model.Spec.Auxiliary.FeedForwardBlocks}: the product rule, and the finite difference evaluated without cancellation.",
            kernel.Origin,
            [
                IlgpuParameter.Index,
                IlgpuParameter.Floats("activatedGradient", $"∂s, [R, {kernel.Inputs[0].Columns}]."),
                IlgpuParameter.Floats("gate", $"z at the same rows, [R, {kernel.Inputs[1].Columns}]."),
                IlgpuParameter.Floats("up", $"p at the same rows, [R, {kernel.Inputs[2].Columns}]."),
                IlgpuParameter.Floats("gateGradient", $"∂z, [R, {kernel.Outputs[0].Columns}]."),
                IlgpuParameter.Floats("upGradient", $"∂p, [R, {kernel.Outputs[1].Columns}]."),
            ],
            CallText.Of(
                $"Elements.GateDifference<{model.Spec.Auxiliary.Activation.Value.TypeName}>",
                "index",
                MatrixText.OfElements(model, "activatedGradient", kernel.Inputs[0]),
                MatrixText.OfElements(model, "gate", kernel.Inputs[1]),
                MatrixText.OfElements(model, "up", kernel.Inputs[2]),
                MatrixText.OfElements(model, "gateGradient", kernel.Outputs[0]),
                MatrixText.OfElements(model, "upGradient", kernel.Outputs[1]),
                "TaylorScale"),
            Grouped: false);
    }

    /// <inheritdoc/>
    public IEnumerable<string> Launches(LaunchText launch)
    {
        yield return launch.CallForElements(launch.Inputs, launch.Outputs);
    }
}
