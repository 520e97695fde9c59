using TinT.Compiler.Lowering;

namespace TinT.Compiler.Emission;

/// <summary>The auxiliary model's own attention and its backward.</summary>
internal static class CpuAttention
{
    public static void Write(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        int width = model.Spec.Auxiliary.HiddenSize;
        int heads = model.Spec.Auxiliary.HeadCount;
        int headSize = model.Spec.Auxiliary.HeadSize;
        string scores = $"A = softmax over j ≤ i of q kᵀ / sqrt({headSize}), for each of {heads} heads";
        if (kernel.Kind == KernelKind.Attention)
        {
            CpuWriter.Document(code, model, kernel, $"{scores}; c = A v", "AttentionForward.");
            Parameters(code, width, backward: false, values: true);
            code.Doc("param", $"context, [T, {width}].", " name=\"context\"");
            code.Line("public static void AttentionForward(Workers workers, SequenceRun run, MatrixView query, MatrixView key, MatrixView value, MatrixView context) =>");
            code.Indented(() => code.Line("CausalAttention.Forward(workers, query, key, value, context, HeadCount, run.AttentionMask);"));
            return;
        }

        bool exact = kernel.Outputs.Count > 1;
        string formula = exact
            ? $"{scores}; ∂v = Aᵀ ∂c, ∂A = ∂c vᵀ, ∂S = A ∘ (∂A − Σ_j A ∘ ∂A), ∂q = ∂S k / sqrt({headSize}), ∂k = ∂Sᵀ q / sqrt({headSize})"
            : $"{scores}; ∂v = Aᵀ ∂c";
        CpuWriter.Document(code, model, kernel, formula, "AttentionBackward: scores recomputed from the tokens' memory. Rows that are not trained are cleared.");
        Parameters(code, width, backward: true, values: exact);
        code.Doc("param", $"context_gradient, [R, {width}].", " name=\"contextGradient\"");
        code.Doc("param", $"value_gradient, [R, {width}].", " name=\"valueGradient\"");
        if (exact)
        {
            code.Doc("param", $"query_gradient, [R, {width}].", " name=\"queryGradient\"");
            code.Doc("param", $"key_gradient, [R, {width}].", " name=\"keyGradient\"");
        }

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

    private static void Parameters(CodeWriter code, int width, bool backward, bool values)
    {
        code.Doc("param", "Threads that share heads and rows.", " name=\"workers\"");
        code.Doc("param", "The sequence, for its ICL mask" + (backward ? " and training rows." : "."), " name=\"run\"");
        code.Doc("param", $"query, [T, {width}].", " name=\"query\"");
        code.Doc("param", $"key, [T, {width}].", " name=\"key\"");
        if (values)
            code.Doc("param", $"value, [T, {width}].", " name=\"value\"");
    }
}
