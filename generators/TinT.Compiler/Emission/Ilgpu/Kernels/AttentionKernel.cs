using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>The auxiliary model's own attention: tiles of scores, a running softmax, and no T × T matrix in global memory.</summary>
internal sealed class AttentionKernel : IKernelKind
{
    /// <inheritdoc/>
    public IEnumerable<IlgpuKernel> Kernels(CompiledModel model, GpuStep step)
    {
        Kernel kernel = step.Kernel;
        (string Name, Operand Operand)[] views =
            [("query", kernel.Inputs[0]), ("key", kernel.Inputs[1]), ("value", kernel.Inputs[2]), ("context", kernel.Outputs[0])];
        yield return new IlgpuKernel(
            KernelNames.Of(kernel),
            $"{Compiler.Kernels.Attention.Scores(model)}; c = A v",
            "AttentionForward. One group for each tile of queries and head: a running softmax over tiles of keys.",
            kernel.Origin,
            [.. views.Select(view => IlgpuParameter.Floats(view.Name, $"{view.Name}, [T, {view.Operand.Columns}].")), .. AttentionText.Parameters(model)],
            CallText.Of("SoftmaxAttention.Forward<TGroup>", [.. views.Select(view => MatrixText.OfTokens(model, view.Name, view.Operand, "tokens")), .. AttentionText.Arguments(model)]));
    }

    /// <inheritdoc/>
    public IEnumerable<string> Launches(LaunchText launch)
    {
        yield return launch.Call(AttentionText.Tiles(launch.Model, launch.Rows), launch.Inputs, launch.Outputs, AttentionText.Launched(launch.Model));
    }
}
