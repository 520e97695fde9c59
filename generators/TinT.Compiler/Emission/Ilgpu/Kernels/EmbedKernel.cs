using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>h_t = E[id_t] + Position[position_t].</summary>
internal sealed class EmbedKernel : IKernelKind
{
    /// <inheritdoc/>
    public IEnumerable<IlgpuKernel> Kernels(CompiledModel model, GpuStep step)
    {
        int width = model.Spec.Auxiliary.HiddenSize;
        yield return new IlgpuKernel(
            KernelNames.Of(step.Kernel),
            "h_t = E[id_t] + Position[position_t]",
            "Embedding of the tokens behind the prefix.",
            step.Kernel.Origin,
            [
                IlgpuParameter.Index,
                IlgpuParameter.Integers("ids", "Token ids, [T]."),
                IlgpuParameter.Integers("positions", "Positions, [T]."),
                IlgpuParameter.Floats("tokenEmbedding", $"E, [{model.Spec.Auxiliary.VocabularySize}, {width}]."),
                IlgpuParameter.Floats("positionEmbedding", $"Position table, [positions, {width}]."),
                IlgpuParameter.Floats("hidden", $"hidden, [T, {width}]."),
            ],
            CallText.Of("Elements.Embed", "index", "ids", "positions", "tokenEmbedding", "positionEmbedding", "hidden", Integer(width), "PositionOffset"),
            Grouped: false);
    }

    /// <inheritdoc/>
    public IEnumerable<string> Launches(LaunchText launch)
    {
        yield return launch.Call(
            "run.Tokens * HiddenSize", ["TokenIds", "Positions", "StoredModel.EmbeddingTokenWeight", "StoredModel.EmbeddingPositionWeight", launch.Outputs[0]]);
    }
}
