using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>h_t = scale E[id_t] + Position[position_t], of the tables that the kernel names.</summary>
internal sealed class EmbedKernel : IKernelKind
{
    /// <inheritdoc/>
    public IEnumerable<IlgpuKernel> Kernels(CompiledModel model, GpuStep step)
    {
        Kernel kernel = step.Kernel;
        AuxiliaryDescription auxiliary = model.Spec.Auxiliary.Model;
        string width = Integer(kernel.Outputs[0].Columns);
        (string formula, string body, string[] numbers) = (Embed.HasTokens(kernel), Embed.HasPositions(kernel), auxiliary.ScalesEmbeddings) switch
        {
            (true, true, false) => ("h_t = E[id_t] + Position[position_t]", "OfTokensAndPositions", [width, "PositionOffset"]),
            (true, false, false) => ("h_t = E[id_t]", "OfTokens", [width]),
            (true, false, true) => ($"h_t = sqrt({auxiliary.HiddenSize}) E[id_t]", "OfScaledTokens", [width, Float(auxiliary.EmbeddingScale)]),
            (false, true, _) => ("h_t = Position[position_t]", "OfPositions", new[] { width, "PositionOffset" }),
            _ => throw new InvalidOperationException("Positions are added to scaled embeddings, for which there is no GPU kernel."),
        };
        IlgpuParameter[] views =
        [
            .. Rows(kernel).Select(row => row.Index),
            .. Rows(kernel).Select(row => row.Table),
            IlgpuParameter.Floats("hidden", $"{kernel.Outputs[0].Buffer}, [T, {width}]."),
        ];
        yield return new IlgpuKernel(
            KernelNames.Of(kernel),
            formula,
            "Embedding of the tokens behind the prefix.",
            kernel.Origin,
            [IlgpuParameter.Index, .. views],
            CallText.Of($"Embedding.{body}", ["index", .. views.Select(view => view.Name), .. numbers]),
            Grouped: false);

        IEnumerable<(IlgpuParameter Index, IlgpuParameter Table)> Rows(Kernel kernel)
        {
            if (Embed.HasTokens(kernel))
                yield return (IlgpuParameter.Integers("ids", "Token ids, [T]."), IlgpuParameter.Floats(
                    "tokenEmbedding", $"E, [{auxiliary.VocabularySize}, {width}]."));
            if (Embed.HasPositions(kernel))
                yield return (IlgpuParameter.Integers("positions", "Positions, [T]."), IlgpuParameter.Floats(
                    "positionEmbedding", $"Position table, [positions, {width}]."));
        }
    }

    /// <inheritdoc/>
    public IEnumerable<string> Launches(LaunchText launch)
    {
        Kernel kernel = launch.Kernel;
        int width = kernel.Outputs[0].Columns;
        string columns = width == launch.Model.Spec.Auxiliary.HiddenSize ? "HiddenSize" : Integer(width);
        yield return launch.Call(
            $"run.Tokens * {columns}",
            Embed.HasTokens(kernel) ? ["TokenIds"] : [],
            Embed.HasPositions(kernel) ? ["Positions"] : [],
            kernel.Parameters.Select(table => $"StoredModel.{Pascal(table + ".weight")}"),
            launch.Outputs);
    }
}
