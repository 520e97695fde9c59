using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>x̂ and r, and y = x̂ ∘ gain, + β where there is one, if the gain is diagonal; or y alone, where nothing passes back.</summary>
internal sealed class NormKernel : IKernelKind
{
    /// <inheritdoc/>
    public IEnumerable<IlgpuKernel> Kernels(CompiledModel model, GpuStep step)
    {
        Kernel kernel = step.Kernel;
        bool affine = kernel.Kind == KernelKind.Norm;
        bool keeps = kernel.Outputs.Count > 1;
        bool biased = HasBias(kernel);
        string width = Integer(kernel.Inputs[0].Columns / kernel.Heads);
        string rows = Normalize.RowsText(kernel);
        IlgpuParameter x = IlgpuParameter.Floats("x", $"[{rows}, {width}].");
        IlgpuParameter[] kept = keeps
            ? [IlgpuParameter.Floats("normalized", $"x̂, [{rows}, {width}]."), IlgpuParameter.Floats("inverseDeviation", $"r, [{rows}].")]
            : [];
        IlgpuParameter[] weights = (affine, biased) switch
        {
            (false, _) => [],
            (true, false) => [IlgpuParameter.Floats("gain", $"[{width}].")],
            (true, true) => [IlgpuParameter.Floats("gain", $"[{width}]."), IlgpuParameter.Floats("bias", $"β, [{width}].")],
        };
        IlgpuParameter[] result = affine ? [IlgpuParameter.Floats("y", $"[{rows}, {width}].")] : [];
        string[] following = affine ? [$"new Affine({string.Join(", ", weights.Select(view => view.Name))})"] : [];
        string body = (affine, keeps) switch { (false, _) => "Normalize", (true, true) => "Forward", (true, false) => "Only" };
        yield return new IlgpuKernel(
            KernelNames.Of(kernel),
            Normalize.Formula(model) + (affine ? $", y = x̂ ∘ gain{(biased ? " + β" : string.Empty)}" : string.Empty),
            Construction(kernel, affine),
            kernel.Origin,
            [x, .. kept, .. weights, .. result],
            CallText.Of(
                $"RowNorm.{body}<TGroup, {model.Spec.Auxiliary.Norm.TypeName}>",
                [x.Name, .. kept.Select(view => view.Name), .. following, .. result.Select(view => view.Name), width, "Epsilon"]));
    }

    /// <inheritdoc/>
    public IEnumerable<string> Launches(LaunchText launch)
    {
        Kernel kernel = launch.Kernel;
        bool affine = kernel.Kind == KernelKind.Norm;
        int kept = affine ? kernel.Outputs.Count - 1 : kernel.Outputs.Count;
        yield return launch.Call(
            $"RowGroups({launch.Rows})",
            launch.Inputs,
            launch.Outputs.Take(kept),
            affine ? [launch.Weight] : [],
            HasBias(kernel) ? [launch.Bias] : [],
            launch.Outputs.Skip(kept));
    }

    private static string Construction(Kernel kernel, bool affine)
    {
        if (kernel.OfHeads)
            return "A norm of each head, in the simulator's attention; each row is a head of a token. One group for each row.";
        return affine
            ? "LayerNormForward: the product with diag(gain), folded to one with its diagonal. One group for each row."
            : "First half of LayerNormForward. One group for each row.";
    }

    private static bool HasBias(Kernel kernel) => kernel.Kind == KernelKind.Norm && kernel.BiasShare != Share.None;
}
