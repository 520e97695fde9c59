using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>h_t = E[id_t] + Position[position_t].</summary>
internal sealed class Embed : RowKernel
{
    public static KernelForm Form { get; } = new Embed();

    public override string NameOf(Kernel kernel) => "Embed";

    public override bool IsPerSequence(CpuCall call) => true;

    public override string Call(CpuCall call) => call.Rows(["run", "StoredModel.EmbeddingTokenWeight", "StoredModel.EmbeddingPositionWeight", .. call.Outputs]);

    public override void Write(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        int width = kernel.Outputs[0].Columns;
        Write(code, model, kernel, "h_t = E[id_t] + Position[position_t]", "Embedding of the tokens behind the prefix.",
            [("SequenceRun", "run", "The sequence, for its ids and positions."),
             ("WeightView", "tokens", $"Token embedding E, [{model.Spec.Auxiliary.VocabularySize}, {width}]."),
             ("WeightView", "positions", $"Position table, [positions, {width}]."),
             ("MatrixView", "hidden", $"hidden, [T, {width}].")],
            """
            tokens.CopyRow(run.TokenId(row), hidden.Row(row));
            positions.AddRow(run.Position(row) + PositionOffset, 1, hidden.Row(row));
            """);
    }
}
