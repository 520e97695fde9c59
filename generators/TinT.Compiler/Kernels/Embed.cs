using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Kernels;

/// <summary>h_t = scale E[id_t] + Position[position_t], of the tables that the kernel names.</summary>
internal sealed class Embed : RowKernel
{
    private const string Tokens = "embedding.token";
    private const string Positions = "embedding.position";

    public static KernelForm Form { get; } = new Embed();

    public override string NameOf(Kernel kernel) => HasTokens(kernel) ? "Embed" : "EmbedPositions";

    public override bool IsPerSequence(CpuCall call) => true;

    public override string Call(CpuCall call) =>
        call.Rows(["run", .. call.Kernel.Parameters.Select(table => $"StoredModel.{Pascal(table + ".weight")}"), .. call.Outputs]);

    public override void Write(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        int width = kernel.Outputs[0].Columns;
        AuxiliaryDescription auxiliary = model.Spec.Auxiliary.Model;
        bool tokens = HasTokens(kernel);
        bool positions = HasPositions(kernel);
        string scale = auxiliary.ScalesEmbeddings ? $"sqrt({auxiliary.HiddenSize}) " : string.Empty;
        string[] terms = [.. tokens ? [$"{scale}E[id_t]"] : Array.Empty<string>(), .. positions ? ["Position[position_t]"] : Array.Empty<string>()];
        string[] body =
        [
            .. tokens ? ["tokens.CopyRow(run.TokenId(row), hidden.Row(row));"] : Array.Empty<string>(),
            .. tokens && auxiliary.ScalesEmbeddings
                ? [$"TensorPrimitives.Multiply(hidden.Row(row), {Float(auxiliary.EmbeddingScale)}, hidden.Row(row));"]
                : Array.Empty<string>(),
            .. positions
                ? [tokens ? "positions.AddRow(run.Position(row) + PositionOffset, 1, hidden.Row(row));" : "positions.CopyRow(run.Position(row) + PositionOffset, hidden.Row(row));"]
                : Array.Empty<string>(),
        ];
        Write(code, model, kernel, $"h_t = {string.Join(" + ", terms)}", "Embedding of the tokens behind the prefix.",
            [("SequenceRun", "run", "The sequence, for its ids and positions."),
             .. tokens ? [("WeightView", "tokens", $"Token embedding E, [{auxiliary.VocabularySize}, {width}].")] : Array.Empty<(string, string, string)>(),
             .. positions ? [("WeightView", "positions", $"Position table, [positions, {width}].")] : Array.Empty<(string, string, string)>(),
             ("MatrixView", "hidden", $"{kernel.Outputs[0].Buffer}, [T, {width}].")],
            string.Join("\n", body));
    }

    /// <summary>Whether token embeddings are looked up.</summary>
    internal static bool HasTokens(Kernel kernel) => kernel.Parameters.Contains(Tokens);

    /// <summary>Whether the position table is.</summary>
    internal static bool HasPositions(Kernel kernel) => kernel.Parameters.Contains(Positions);
}
