using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>The Taylor difference of a norm.</summary>
internal sealed class NormBackwardKernel : IKernelKind
{
    /// <inheritdoc/>
    public IEnumerable<IlgpuKernel> Kernels(CompiledModel model, GpuStep step)
    {
        Kernel kernel = step.Kernel;
        string width = Integer(kernel.Outputs[0].Columns / kernel.Heads);
        string rows = kernel.Heads == 1 ? "R" : $"{kernel.Heads} R";
        bool diagonal = kernel.Parameters.Count > 0;
        bool adds = kernel.Residual is not null;
        List<IlgpuParameter> views =
        [
            IlgpuParameter.Floats("gradient", $"{(diagonal ? "∂y" : "∂x̂")}, [{rows}, {width}]."),
            IlgpuParameter.Floats("normalized", $"x̂ at the same rows, [{rows}, {width}]."),
            IlgpuParameter.Floats("inverseDeviation", $"r at the same rows, [{rows}]."),
        ];
        if (diagonal)
            views.Add(IlgpuParameter.Floats("gain", $"[{width}]."));
        if (adds)
            views.Add(IlgpuParameter.Floats("residual", $"Gradient of the residual stream, [{rows}, {width}]; may be ∂x."));
        views.Add(IlgpuParameter.Floats("inputGradient", $"∂x, [{rows}, {width}]."));
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
            CallText.Of($"RowNormDifference.{body}<TGroup, {model.Spec.Auxiliary.Norm.TypeName}>", [.. views.Select(view => view.Name), width, "TaylorScale"]));
    }

    /// <inheritdoc/>
    public IEnumerable<string> Launches(LaunchText launch)
    {
        yield return launch.Call(
            $"RowGroups({launch.Rows})", launch.Inputs, launch.Kernel.Parameters.Count > 0 ? [launch.Weight] : [], launch.Residual, launch.Outputs);
    }
}
