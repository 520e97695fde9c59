using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>The Taylor difference of a layer norm.</summary>
internal sealed class NormBackwardKernel : IKernelKind
{
    /// <inheritdoc/>
    public IEnumerable<IlgpuKernel> Kernels(CompiledModel model, GpuStep step)
    {
        Kernel kernel = step.Kernel;
        string width = Integer(model.Spec.Auxiliary.HiddenSize);
        bool diagonal = kernel.Parameters.Count > 0;
        bool adds = kernel.Residual is not null;
        List<IlgpuParameter> views =
        [
            IlgpuParameter.Floats("gradient", $"{(diagonal ? "∂y" : "∂x̂")}, [R, {width}]."),
            IlgpuParameter.Floats("normalized", $"x̂ at the same rows, [R, {width}]."),
            IlgpuParameter.Floats("inverseDeviation", "r at the same rows, [R]."),
        ];
        if (diagonal)
            views.Add(IlgpuParameter.Floats("gain", $"[{width}]."));
        if (adds)
            views.Add(IlgpuParameter.Floats("residual", $"Gradient of the residual stream, [R, {width}]; may be ∂x."));
        views.Add(IlgpuParameter.Floats("inputGradient", $"∂x, [R, {width}]."));
        string body = (diagonal, adds) switch
        {
            (false, false) => "Plain",
            (false, true) => "Added",
            (true, false) => "OfGain",
            (true, true) => "OfGainAdded",
        };
        yield return new IlgpuKernel(
            KernelNames.Of(kernel),
            $"∂x = {(adds ? "residual + " : string.Empty)}N (LN₀(x + {(diagonal ? "∂y ∘ gain" : "∂x̂")} / N) − x̂)",
            "LayerNormBackward: the first-order Taylor difference, evaluated without cancellation from x̂ and r. One group for each row.",
            kernel.Origin,
            views,
            CallText.Of($"LayerNormDifference.{body}<TGroup>", [.. views.Select(view => view.Name), width, "TaylorScale"]));
    }

    /// <inheritdoc/>
    public IEnumerable<string> Launches(LaunchText launch)
    {
        yield return launch.Call(
            $"RowGroups({launch.Rows})", launch.Inputs, launch.Kernel.Parameters.Count > 0 ? [launch.Weight] : [], launch.Residual, launch.Outputs);
    }
}
