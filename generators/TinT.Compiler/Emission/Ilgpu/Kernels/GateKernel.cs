using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>s = act(z) ∘ p.</summary>
internal sealed class GateKernel : IKernelKind
{
    /// <inheritdoc/>
    public IEnumerable<IlgpuKernel> Kernels(CompiledModel model, GpuStep step)
    {
        Kernel kernel = step.Kernel;
        yield return new IlgpuKernel(
            KernelNames.Of(kernel),
            $"s = act(z) ∘ p, act(z) = {model.Spec.Auxiliary.Activation.Value.Formula}",
            $"ActivationForward and product layer × {model.Spec.Auxiliary.FeedForwardBlocks}.",
            kernel.Origin,
            [
                IlgpuParameter.Index,
                IlgpuParameter.Floats("gate", $"z, [T, {kernel.Inputs[0].Columns}]."),
                IlgpuParameter.Floats("up", $"p, [T, {kernel.Inputs[1].Columns}]."),
                IlgpuParameter.Floats("activated", $"s, [T, {kernel.Outputs[0].Columns}]."),
            ],
            CallText.Of(
                $"Elements.Gate<{model.Spec.Auxiliary.Activation.Value.TypeName}>",
                "index",
                MatrixText.OfElements(model, "gate", kernel.Inputs[0]),
                MatrixText.OfElements(model, "up", kernel.Inputs[1]),
                MatrixText.OfElements(model, "activated", kernel.Outputs[0])),
            Grouped: false);
    }

    /// <inheritdoc/>
    public IEnumerable<string> Launches(LaunchText launch)
    {
        yield return launch.CallForElements(launch.Inputs, launch.Outputs);
    }
}
