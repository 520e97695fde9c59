using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>∂v = Aᵀ ∂c and, with exact scores, ∂A = ∂c vᵀ, ∂S = A ∘ (∂A − Σ_j A ∘ ∂A), ∂q = scale ∂S k, ∂k = scale ∂Sᵀ q.</summary>
internal sealed class AttentionBackward : KernelForm
{
    public static KernelForm Form { get; } = new AttentionBackward();

    public override string NameOf(Kernel kernel) => "AttentionBackward";

    public override bool IsPerSequence(CpuCall call) => true;

    /// <summary>Scores need the queries and keys of all rows.</summary>
    public override string Call(CpuCall call) => CpuCall.Method(
        NameOf(call.Kernel),
        ["Workers", "run", .. Attention.FormOf(call.Model), .. call.Kernel.Inputs.Skip(1).Select(input => $"run.TokenRows({call.Whole(input)})"), call.Inputs.First(), .. call.Outputs]);

    public override void Write(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        int width = kernel.Inputs[0].Columns;
        int keyWidth = kernel.Inputs[2].Columns;
        bool plain = Attention.IsPlain(model.Spec.Auxiliary.Model);
        string scale = Attention.Divisor(model.Spec.Auxiliary.Model);
        bool exact = kernel.Outputs.Count > 1;
        string formula = exact
            ? $"{Attention.Scores(model)}; ∂v = Aᵀ ∂c, ∂A = ∂c vᵀ, {Attention.ScoreGradients(model.Spec.Auxiliary.Model)}, ∂q = ∂S k{scale}, ∂k = ∂Sᵀ q{scale}"
            : $"{Attention.Scores(model)}; ∂v = Aᵀ ∂c";
        KernelText.Document(
            code, model, kernel, formula, "AttentionBackward: scores recomputed from the tokens' memory." + (model.Spec.Training.IsExact ? string.Empty : " Rows that are not trained are cleared."));
        KernelText.Parameters(code,
        [
            ("workers", "Threads that share heads and rows."),
            ("run", "The sequence, for its ICL mask and training rows."),
            .. plain ? [] : Attention.FormParameter,
            ("query", $"query, [T, {width}]."),
            ("key", $"key, [T, {keyWidth}]."),
            .. exact ? [("value", $"value, [T, {keyWidth}].")] : Array.Empty<(string, string)>(),
            ("contextGradient", $"context_gradient, [R, {width}]."),
            ("valueGradient", $"value_gradient, [R, {keyWidth}]."),
            .. exact
                ? [("queryGradient", $"query_gradient, [R, {width}]."), ("keyGradient", $"key_gradient, [R, {keyWidth}].")]
                : Array.Empty<(string, string)>(),
        ]);
        string value = exact ? "MatrixView value, " : string.Empty;
        string more = exact ? ", MatrixView queryGradient, MatrixView keyGradient" : string.Empty;
        code.Block($"public static void AttentionBackward(Workers workers, SequenceRun run, {(plain ? string.Empty : "AttentionForm form, ")}MatrixView query, MatrixView key, {value}MatrixView contextGradient, MatrixView valueGradient{more})", () =>
        {
            code.Line(exact
                ? $"CausalAttention.BackwardExact(workers, query, key, value, contextGradient, queryGradient, keyGradient, valueGradient, {Attention.FormText(model)}, run.AttentionMask, run.FirstTrainingRow, run.TrainingRows);"
                : $"CausalAttention.BackwardValues(workers, query, key, contextGradient, valueGradient, {Attention.FormText(model)}, run.AttentionMask, run.FirstTrainingRow, run.TrainingRows);");
            if (model.Spec.Training.IsExact)
                return;
            code.Line("run.ClearUntrainedRows(valueGradient);");
            if (exact)
                code.Line("run.ClearUntrainedRows(keyGradient);");
        });
    }
}
