using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using TinT.Compiler.Text;
using TinT.Model.Parameters;

namespace TinT.Compiler.Kernels;

/// <summary>The head: logits in blocks of rows, losses, and the loss gradient at the head's input.</summary>
internal sealed class Head : KernelForm
{
    public static KernelForm Form { get; } = new Head();

    public override string NameOf(Kernel kernel) => "Head";

    public override bool IsPerSequence(CpuCall call) => false;

    public override string Call(CpuCall call) => CpuCall.Method(
        $"{call.Model.Name}CpuKernels.Head", ["Workers", "Group", "pass", .. call.Inputs, .. Weights(call.Model.Spec.Auxiliary.Model), .. call.Outputs]);

    /// <summary>Whether the loss gradient does not need logits: it is the mean of the token embedding less that of the target, unless logits are bounded.</summary>
    internal static bool IsMean(ModelSpec spec) => spec.Training.Loss.Value == LossFunction.MeanEmbedding && spec.Auxiliary.Model.LogitCap is null;

    private static string[] Weights(AuxiliaryDescription model) =>
    [
        model.TiesEmbeddings ? "StoredModel.EmbeddingTokenWeight" : "StoredModel.HeadWeight",
        .. model.Has(ParameterKind.HeadBias) ? ["StoredModel.HeadBias"] : Array.Empty<string>(),
    ];

    public override void Write(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        LossFunction loss = model.Spec.Training.Loss.Value;
        AuxiliaryDescription auxiliary = model.Spec.Auxiliary.Model;
        int width = auxiliary.EmbeddingSize;
        bool biased = auxiliary.Has(ParameterKind.HeadBias);
        string added = biased ? " + b" : string.Empty;
        string biasParameter = biased ? "VectorView bias, " : string.Empty;
        string bias = biased ? "bias, " : string.Empty;
        int vocabulary = model.Spec.Auxiliary.VocabularySize;
        bool capped = auxiliary.LogitCap is not null;
        string cap = capped ? ", LogitCap" : string.Empty;
        string gradient = (loss, capped) switch
        {
            (LossFunction.Softmax, false) => "r_t = m_t (softmax(logits_t) E − E[target_t])",
            (LossFunction.Quadratic, false) => "r_t = m_t (logits_t E − E[target_t])",
            (LossFunction.MeanEmbedding, false) => "r_t = m_t (mean over the vocabulary of E − E[target_t])",
            (LossFunction.Softmax, true) => "r_t = m_t ((softmax(logits_t) − onehot(target_t)) ∘ (1 − (logits_t / c)²)) E",
            (LossFunction.Quadratic, true) => "r_t = m_t ((logits_t − onehot(target_t)) ∘ (1 − (logits_t / c)²)) E",
            (LossFunction.MeanEmbedding, true) => "r_t = m_t ((1/V − onehot(target_t)) ∘ (1 − (logits_t / c)²)) E",
            _ => throw new InvalidOperationException($"The head has no gradient of the loss {loss}."),
        };
        string logits = capped ? $"logits = c tanh((o Eᵀ{added}) / c), c = {Text.Identifiers.Double(auxiliary.LogitCap!.Value)}" : $"logits = o Eᵀ{added}";
        KernelText.Document(
            code,
            model,
            kernel,
            $"{logits}; loss_t = −log softmax(logits_t)[target_t]; {gradient}",
            "Loss gradient of the construction. Where only a loss is wanted, logits are never in memory; else they are made for a block of rows at a time"
                + (IsMean(model.Spec) ? ". The gradient does not need them." : ", which then turns into the coefficients of E."));
        code.Doc("param", "Threads that share the products.", " name=\"workers\"");
        code.Doc("param", "The sequences, for their targets, masks and results.", " name=\"group\"");
        code.Doc("param", "What of it is wanted.", " name=\"pass\"");
        code.Doc("param", $"o, [T, {width}].", " name=\"headInput\"");
        code.Doc("param", $"{(auxiliary.TiesEmbeddings ? "Token embedding E, tied to the head" : "Output head E")}, [{vocabulary}, {width}].", " name=\"embedding\"");
        if (biased)
            code.Doc("param", $"b, [{vocabulary}].", " name=\"bias\"");
        code.Doc("param", $"r, [R, {width}]; written unless the pass is the last.", " name=\"gradient\"");
        bool mean = IsMean(model.Spec);
        code.Block($"public static void Head(Workers workers, SequenceGroup group, HeadPass pass, MatrixView headInput, WeightView embedding, {biasParameter}MatrixView gradient)", () =>
            code.Line(
                $$"""
                LossOnlyRows rows = group.LossOnlyRows(pass, gradient: {{(mean ? "false" : "true")}});
                SoftmaxLoss.OfLinear(workers, headInput, rows.Rows, embedding, {{(biased ? "bias" : "default")}}, rows.Targets, rows.Losses{{cap}});
                rows.Record(pass);
                foreach (SequenceRun run in group.Sequences)
                    Head(workers, run, pass, run.TokenRows(headInput), embedding, {{bias}}group.HeadBlock, run.GradientRows(gradient));
                """));
        code.Line();
        code.Block($"private static void Head(Workers workers, SequenceRun run, HeadPass pass, MatrixView headInput, WeightView embedding, {biasParameter}MatrixView block, MatrixView gradient)", () =>
        {
            if (mean)
                WriteWithoutLogits(code, biased);
            else
                WriteWithLogits(code, biased, capped);
        });
        code.Line();
        WriteLossRows(code, vocabulary, loss, mean, capped);
        if (capped)
            return;
        code.Line();
        WriteTargets(code, width);
    }

    private static void WriteWithLogits(CodeWriter code, bool biased, bool capped)
    {
        string targets = capped
            ? string.Empty
            : """

            if (pass != HeadPass.After)
                workers.Run(new SubtractTargets(run, embedding, gradient), run.TrainingRows, grain: 4);
            """;
        code.Line(
        $$"""
        (int firstRow, int rowCount) = run.LogitRows(pass, gradient: true);
        for (int first = firstRow; first < firstRow + rowCount; first += HeadRows)
        {
            int rows = Math.Min(HeadRows, firstRow + rowCount - first);
            MatrixView logits = block.RowRange(0, rows);
            MatrixProduct.Linear(workers, headInput.RowRange(first, rows), embedding, {{(biased ? "bias" : "default")}}, logits);
            workers.Run(new LossRows(run, pass, first, logits), rows, grain: 1);
            (int firstTraining, int trainingRows) = run.TrainingPart(first, rows);
            if (pass != HeadPass.After && trainingRows > 0)
            {
                MatrixProduct.LinearBackward(
                    workers,
                    logits.RowRange(firstTraining - first, trainingRows),
                    embedding,
                    gradient.RowRange(firstTraining - run.FirstTrainingRow, trainingRows),
                    accumulate: false);
            }
        }
        {{targets}}
        """.TrimEnd());
    }

    private static void WriteWithoutLogits(CodeWriter code, bool biased) => code.Line(
        $$"""
        (int firstRow, int rowCount) = run.LogitRows(pass, gradient: false);
        for (int first = firstRow; first < firstRow + rowCount; first += HeadRows)
        {
            int rows = Math.Min(HeadRows, firstRow + rowCount - first);
            MatrixView logits = block.RowRange(0, rows);
            MatrixProduct.Linear(workers, headInput.RowRange(first, rows), embedding, {{(biased ? "bias" : "default")}}, logits);
            workers.Run(new LossRows(run, pass, first, logits), rows, grain: 1);
        }

        if (pass == HeadPass.After || run.TrainingRows == 0)
            return;

        // The mean of E is one product with 1/V; every row starts from it.
        MatrixView mean = gradient.RowRange(0, 1);
        block.Row(0).Fill(1f / VocabularySize);
        MatrixProduct.LinearBackward(workers, block.RowRange(0, 1), embedding, mean, accumulate: false);
        for (int row = run.TrainingRows - 1; row >= 0; row--)
            TensorPrimitives.Multiply(mean.Row(0), run.GradientWeight(run.FirstTrainingRow + row), gradient.Row(row));
        workers.Run(new SubtractTargets(run, embedding, gradient), run.TrainingRows, grain: 4);
        """);

    private static void WriteLossRows(CodeWriter code, int vocabulary, LossFunction loss, bool mean, bool capped)
    {
        code.Doc("summary", "Records logits and losses of a block of rows" + (mean ? "." : " and leaves the coefficients of E in their place."));
        code.Doc("param", "The sequence.", " name=\"run\"");
        code.Doc("param", "What of it is wanted.", " name=\"pass\"");
        code.Doc("param", "Token of the block's first row.", " name=\"first\"");
        code.Doc("param", $"Logits of the block, [rows, {vocabulary}].", " name=\"logits\"");
        string coefficients = loss switch
        {
            _ when capped => CappedCoefficients(loss),
            LossFunction.Softmax =>
                """

                float weight = pass == HeadPass.After ? 0 : run.GradientWeight(token);
                if (weight == 0)
                {
                    if (SequenceRun.RecordsLosses(pass))
                        run.RecordLoss(pass, token, SoftmaxLoss.Loss(values, run.Target(token)));
                    if (pass != HeadPass.After)
                        values.Clear();
                    continue;
                }

                double loss = SoftmaxLoss.Softmax(values, run.Target(token));
                if (SequenceRun.RecordsLosses(pass))
                    run.RecordLoss(pass, token, loss);
                if (weight != 1)
                    TensorPrimitives.Multiply(values, weight, values);
                """,
            LossFunction.Quadratic =>
                """

                if (SequenceRun.RecordsLosses(pass))
                    run.RecordLoss(pass, token, SoftmaxLoss.Loss(values, run.Target(token)));
                if (pass != HeadPass.After)
                    TensorPrimitives.Multiply(values, run.GradientWeight(token), values);
                """,
            _ => "\nrun.RecordLoss(pass, token, SoftmaxLoss.Loss(values, run.Target(token)));",
        };
        code.Block("public readonly struct LossRows(SequenceRun run, HeadPass pass, int first, MatrixView logits) : IRowKernel", () =>
        {
            code.Line("/// <inheritdoc/>");
            code.Block("public void Run(int firstRow, int rowCount, int worker)", () =>
                code.Block("for (int row = firstRow; row < firstRow + rowCount; row++)", () =>
                {
                    code.Line("int token = first + row;\nSpan<float> values = logits.Row(row);");
                    if (capped)
                        code.Line("CappedLogits.Apply(values, LogitCap);");
                    code.Line("Span<float> wanted = run.Logits(pass, token, VocabularySize);");
                    code.Line("if (!wanted.IsEmpty)\n    values.CopyTo(wanted);");
                    code.Line(coefficients);
                }));
        });
    }

    /// <summary>The gradient goes through the bound, and so does its target's part: both are among the coefficients.</summary>
    private static string CappedCoefficients(LossFunction loss)
    {
        string record = "if (SequenceRun.RecordsLosses(pass))\n        run.RecordLoss(pass, token, SoftmaxLoss.Loss(values, run.Target(token)));";
        string derive = loss == LossFunction.Softmax
            ? """
            double loss = CappedLogits.Softmax(values, run.Target(token), weight, run.TargetWeight(token), LogitCap);
            if (SequenceRun.RecordsLosses(pass))
                run.RecordLoss(pass, token, loss);
            """
            : $"""
            {record.Replace("\n    ", "\n")}
            CappedLogits.{(loss == LossFunction.Quadratic ? "Quadratic" : "Mean")}(values, run.Target(token), weight, run.TargetWeight(token), LogitCap);
            """;
        return $$"""

            float weight = pass == HeadPass.After ? 0 : run.GradientWeight(token);
            if (weight == 0)
            {
                {{record}}
                if (pass != HeadPass.After)
                    values.Clear();
                continue;
            }

            {{derive}}
            """;
    }

    private static void WriteTargets(CodeWriter code, int width)
    {
        code.Doc("summary", "r_t −= m_t E[target_t]");
        code.Doc("param", "The sequence.", " name=\"run\"");
        code.Doc("param", "E.", " name=\"embedding\"");
        code.Doc("param", $"r, [R, {width}].", " name=\"gradient\"");
        code.Block("public readonly struct SubtractTargets(SequenceRun run, WeightView embedding, MatrixView gradient) : IRowKernel", () =>
        {
            code.Line("/// <inheritdoc/>");
            code.Block("public void Run(int firstRow, int rowCount, int worker)", () =>
                code.Block("for (int row = firstRow; row < firstRow + rowCount; row++)", () => code.Line(
                    """
                    int token = run.FirstTrainingRow + row;
                    embedding.AddRow(run.Target(token), -run.TargetWeight(token), gradient.Row(row));
                    """)));
        });
    }
}
