using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>x̂ and 1/σ, and y = x̂ ∘ gain + β if the gain is diagonal.</summary>
internal sealed class NormKernel : IKernelKind
{
    /// <inheritdoc/>
    public IEnumerable<IlgpuKernel> Kernels(CompiledModel model, GpuStep step)
    {
        bool affine = step.Kernel.Kind == KernelKind.Norm;
        string width = Integer(model.Spec.Auxiliary.HiddenSize);
        IlgpuParameter[] views =
        [
            IlgpuParameter.Floats("x", $"[T, {width}]."),
            IlgpuParameter.Floats("normalized", $"x̂, [T, {width}]."),
            IlgpuParameter.Floats("inverseDeviation", "r, [T]."),
            .. affine
                ? [IlgpuParameter.Floats("gain", $"[{width}]."), IlgpuParameter.Floats("bias", $"β, [{width}]."), IlgpuParameter.Floats("y", $"[T, {width}].")]
                : Array.Empty<IlgpuParameter>(),
        ];
        yield return new IlgpuKernel(
            KernelNames.Of(step.Kernel),
            "r = 1 / sqrt(ε + variance x), x̂ = (x − mean x) r" + (affine ? ", y = x̂ ∘ gain + β" : string.Empty),
            affine ? "LayerNormForward: the product with diag(gain), folded to one with its diagonal. One group for each row." : "First half of LayerNormForward. One group for each row.",
            step.Kernel.Origin,
            views,
            CallText.Of($"LayerNorm.{(affine ? "Forward" : "Normalize")}<TGroup>", [.. views.Select(view => view.Name), width, "Epsilon"]));
    }

    /// <inheritdoc/>
    public IEnumerable<string> Launches(LaunchText launch)
    {
        string[] outputs = launch.Outputs;
        yield return launch.Kernel.Kind == KernelKind.Norm
            ? launch.Call($"RowGroups({launch.Rows})", launch.Inputs, [outputs[0], outputs[1], launch.Weight, launch.Bias, outputs[2]])
            : launch.Call($"RowGroups({launch.Rows})", launch.Inputs, outputs);
    }
}
