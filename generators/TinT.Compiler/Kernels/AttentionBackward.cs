using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>∂v = Aᵀ ∂c and, with exact scores, ∂A = ∂c vᵀ, ∂S = A ∘ (∂A − Σ_j A ∘ ∂A), ∂q = ∂S k / √d, ∂k = ∂Sᵀ q / √d.</summary>
internal sealed class AttentionBackward : KernelForm
{
    public static KernelForm Form { get; } = new AttentionBackward();

    public override string NameOf(Kernel kernel) => "AttentionBackward";

    public override bool IsPerSequence(CpuCall call) => true;

    /// <summary>Scores need the queries and keys of all rows.</summary>
    public override string Call(CpuCall call) => CpuCall.Method(
        NameOf(call.Kernel),
        ["Workers", "run", .. call.Kernel.Inputs.Skip(1).Select(input => $"run.TokenRows({call.Whole(input)})"), call.Inputs.First(), .. call.Outputs]);

    public override void Write(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        int width = kernel.Inputs[0].Columns;
        int headSize = model.Spec.Auxiliary.HeadSize;
        bool exact = kernel.Outputs.Count > 1;
        string formula = exact
            ? $"{Attention.Scores(model)}; ∂v = Aᵀ ∂c, ∂A = ∂c vᵀ, ∂S = A ∘ (∂A − Σ_j A ∘ ∂A), ∂q = ∂S k / sqrt({headSize}), ∂k = ∂Sᵀ q / sqrt({headSize})"
            : $"{Attention.Scores(model)}; ∂v = Aᵀ ∂c";
        KernelText.Document(code, model, kernel, formula, "AttentionBackward: scores recomputed from the tokens' memory. Rows that are not trained are cleared.");
        KernelText.Parameters(code,
        [
            ("workers", "Threads that share heads and rows."),
            ("run", "The sequence, for its ICL mask and training rows."),
            ("query", $"query, [T, {width}]."),
            ("key", $"key, [T, {width}]."),
            .. exact ? [("value", $"value, [T, {width}].")] : Array.Empty<(string, string)>(),
            ("contextGradient", $"context_gradient, [R, {width}]."),
            ("valueGradient", $"value_gradient, [R, {width}]."),
            .. exact ? [("queryGradient", $"query_gradient, [R, {width}]."), ("keyGradient", $"key_gradient, [R, {width}].")] : Array.Empty<(string, string)>(),
        ]);
        string value = exact ? "MatrixView value, " : string.Empty;
        string more = exact ? ", MatrixView queryGradient, MatrixView keyGradient" : string.Empty;
        code.Block($"public static void AttentionBackward(Workers workers, SequenceRun run, MatrixView query, MatrixView key, {value}MatrixView contextGradient, MatrixView valueGradient{more})", () =>
        {
            code.Line(exact
                ? "CausalAttention.BackwardExact(workers, query, key, value, contextGradient, queryGradient, keyGradient, valueGradient, HeadCount, run.AttentionMask, run.FirstTrainingRow, run.TrainingRows);"
                : "CausalAttention.BackwardValues(workers, query, key, contextGradient, valueGradient, HeadCount, run.AttentionMask, run.FirstTrainingRow, run.TrainingRows);");
            code.Line("run.ClearUntrainedRows(valueGradient);");
            if (exact)
                code.Line("run.ClearUntrainedRows(keyGradient);");
        });
    }
}
