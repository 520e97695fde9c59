using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>∂v = ∂c summed over the heads of each group.</summary>
internal sealed class SumGroupsKernel : IKernelKind
{
    /// <inheritdoc/>
    public IEnumerable<IlgpuKernel> Kernels(CompiledModel model, GpuStep step)
    {
        Kernel kernel = step.Kernel;
        yield return new IlgpuKernel(
            KernelNames.Of(kernel),
            $"∂v = ∂c summed over the {model.Spec.Auxiliary.Model.GroupSize} heads of each group",
            "The output map of attention, backwards.",
            kernel.Origin,
            [
                IlgpuParameter.Index,
                IlgpuParameter.Floats("contextGradient", $"∂c, [R, {kernel.Inputs[0].Columns}]."),
                IlgpuParameter.Floats("valueGradient", $"∂v, [R, {kernel.Outputs[0].Columns}]."),
            ],
            CallText.Of(
                "Elements.SumGroups",
                "index",
                MatrixText.OfElements(model, "contextGradient", kernel.Inputs[0]),
                MatrixText.OfElements(model, "valueGradient", kernel.Outputs[0]),
                Integer(model.Spec.Auxiliary.HeadSize)),
            Grouped: false);
    }

    /// <inheritdoc/>
    public IEnumerable<string> Launches(LaunchText launch)
    {
        yield return launch.CallForElements(launch.Inputs, launch.Outputs);
    }
}
