using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>s = act(z), where it is not fused to its product.</summary>
internal sealed class ActivationKernel : IKernelKind
{
    /// <inheritdoc/>
    public IEnumerable<IlgpuKernel> Kernels(CompiledModel model, GpuStep step)
    {
        Kernel kernel = step.Kernel;
        yield return new IlgpuKernel(
            KernelNames.Of(kernel),
            $"s = {model.Spec.Auxiliary.Activation.Value.Formula}",
            $"ActivationForward × {model.Spec.Auxiliary.FeedForwardBlocks}.",
            kernel.Origin,
            [
                IlgpuParameter.Index,
                IlgpuParameter.Floats("preActivation", $"z, [T, {kernel.Inputs[0].Columns}]."),
                IlgpuParameter.Floats("activated", $"s, [T, {kernel.Outputs[0].Columns}]."),
            ],
            CallText.Of(
                $"Elements.Activate<{model.Spec.Auxiliary.Activation.Value.TypeName}>",
                "index",
                MatrixText.OfElements(model, "preActivation", kernel.Inputs[0]),
                MatrixText.OfElements(model, "activated", kernel.Outputs[0])),
            Grouped: false);
    }

    /// <inheritdoc/>
    public IEnumerable<string> Launches(LaunchText launch)
    {
        yield return launch.CallForElements(launch.Inputs, launch.Outputs);
    }
}
