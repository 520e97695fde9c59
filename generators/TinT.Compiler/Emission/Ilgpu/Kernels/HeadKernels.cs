using TinT.Compiler.Devices;
using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using TinT.Compiler.Text;
using TinT.Model.Parameters;
using TinT.Model.Runs;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>The head in blocks of rows: logits, what the losses need, and the loss gradient. It has a routine of its own.</summary>
internal sealed class HeadKernels : IKernelKind
{
    private const string Construction = "Loss gradient of the construction";

    /// <summary>Parts of the vocabulary whose contributions to the loss gradient are computed side by side; 1 if there is no product for it.</summary>
    public static int Parts(CompiledModel model) => IsMean(model) ? 1 : GroupTiles.HeadParts(model.Spec.Auxiliary.VocabularySize);

    /// <summary>Columns of what the head reads and of the loss gradient, in generated code.</summary>
    /// <param name="model">The model.</param>
    public static string Width(CompiledModel model) =>
        model.Spec.Auxiliary.Model.IsProjected ? Integer(model.Spec.Auxiliary.Model.EmbeddingSize) : "HiddenSize";

    /// <inheritdoc/>
    public IEnumerable<IlgpuKernel> Kernels(CompiledModel model, GpuStep step)
    {
        yield return Logits(model, step.Kernel);
        yield return LossRows(model, step.Kernel);
        yield return IsMean(model) ? MeanEmbedding(model, step.Kernel) : Gradient(model, step.Kernel);
        if (!IsCapped(model))
            yield return Targets(model, step.Kernel);
        else if (Parts(model) > 1)
            yield return SumOfParts(model, step.Kernel);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Always: <see cref="WriteRoutine"/> writes them.</exception>
    public IEnumerable<string> Launches(LaunchText launch) => throw new InvalidOperationException("The head is not launched from a routine of kernels.");

    /// <summary>Writes the routine.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="model">The model.</param>
    /// <param name="mark">The mark behind its launches in a simulator that tells times, or nothing.</param>
    public static void WriteRoutine(CodeWriter code, CompiledModel model, string mark)
    {
        Kernel head = model.Program[RoutineKind.Head][0];
        bool mean = IsMean(model);
        string input = Pascal(head.Inputs[0].Buffer) + "Column";
        string gradient = Pascal(head.Outputs[0].Buffer);
        string width = Width(model);
        string weights = Weights(model) + (IsBiased(model) ? ", StoredModel.HeadBias" : string.Empty);
        string derives = mean ? string.Empty : "GradientWeights(first, rows), " + (IsCapped(model) ? "TargetWeights(first, rows), " : string.Empty);
        string descends = mean ? string.Empty : ", descends ? 1 : 0";
        code.Block("protected override void Head(SequenceRun run, HeadPass pass)", () =>
        {
            code.Line("bool descends = pass != HeadPass.After && run.TrainingRows > 0;\n(int firstRow, int rowCount) = run.HeadRows(pass);");
            code.Block(
                $"for (int first = firstRow; {(mean ? "pass != HeadPass.Between && " : string.Empty)}first < firstRow + rowCount; first += BlockRows)", () =>
            {
                code.Line(
                    $$"""
                    int rows = Math.Min(BlockRows, firstRow + rowCount - first);
                    View logits = HeadBlock(0, rows);
                    HeadLogits(ProductTiles(VocabularySize, rows), RowRange({{input}}, {{width}}, first, rows), {{weights}}, logits, rows);
                    if (WantsLogits(pass))
                        CopyRows(rows * VocabularySize, logits, Logits(pass, first, rows));
                    LossRows(RowGroups(rows), logits, Targets(first, rows), {{derives}}Losses(pass, first, rows){{descends}});
                    """);
                if (mean)
                    return;
                code.Line("(int firstTraining, int trainingRows) = run.TrainingPart(first, rows);");
                code.Block("if (descends && trainingRows > 0)", () => code.Line(LossGradient(model, gradient)));
            });
            if (mean)
                WriteMeanGradient(code, model, gradient, mark);
            else if (mark.Length > 0)
                code.Line(mark);
        });
    }

    /// <summary>What the head multiplies with, and the loss gradient is a sum of rows of.</summary>
    private static string Weights(CompiledModel model) =>
        model.Spec.Auxiliary.Model.TiesEmbeddings ? "StoredModel.EmbeddingTokenWeight" : "StoredModel.HeadWeight";

    private static string Embedding(CompiledModel model) => model.Spec.Auxiliary.Model.TiesEmbeddings ? "Token embedding E" : "Output head E";

    private static bool IsBiased(CompiledModel model) => model.Spec.Auxiliary.Model.Has(ParameterKind.HeadBias);

    private static bool IsMean(CompiledModel model) => Compiler.Kernels.Head.IsMean(model.Spec);

    private static bool IsCapped(CompiledModel model) => model.Spec.Auxiliary.Model.LogitCap is not null;

    private static IlgpuKernel Logits(CompiledModel model, Kernel kernel)
    {
        int width = model.Spec.Auxiliary.Model.EmbeddingSize;
        int vocabulary = model.Spec.Auxiliary.VocabularySize;
        bool biased = IsBiased(model);
        double? cap = model.Spec.Auxiliary.Model.LogitCap;
        string product = biased ? "o Eᵀ + b" : "o Eᵀ";
        string finish = (biased, cap is not null) switch
        {
            (false, false) => "Result",
            (true, false) => "Bias",
            (false, true) => "Capped",
            (true, true) => "BiasAndCap",
        };
        return new IlgpuKernel(
            "HeadLogits",
            cap is { } bound ? $"logits = c tanh(({product}) / c), c = {Double(bound)}" : $"logits = {product}",
            $"{Construction}, for a block of rows.",
            kernel.Origin,
            [
                IlgpuParameter.Floats("headInput", $"o, [rows, {width}]."),
                IlgpuParameter.Floats("embedding", $"{(model.Spec.Auxiliary.Model.TiesEmbeddings ? "Token embedding E, tied to the head" : "Output head E")}, [{vocabulary}, {width}]."),
                .. biased ? [IlgpuParameter.Floats("bias", $"b, [{vocabulary}].")] : Array.Empty<IlgpuParameter>(),
                IlgpuParameter.Floats("logits", $"[rows, {vocabulary}]."),
                IlgpuParameter.Count("rows", "Rows of the block."),
            ],
            CallText.Of(
                $"Product.TimesTransposed<TGroup, {finish}>",
                MatrixText.OfTokens(model, "headInput", kernel.Inputs[0]),
                MatrixText.OfWeights("embedding", vocabulary, width),
                $"new({(biased ? "bias, " : string.Empty)}{(cap is { } c ? $"{Float(c)}, " : string.Empty)}{Rows("logits", vocabulary)})"))
        {
            Product = biased || cap is not null
                ? null
                : new PlainProduct(
                    MatrixText.Stride(model, kernel.Inputs[0]), Integer(width), Transposed: true, Integer(vocabulary), Integer(vocabulary), Integer(width)),
        };
    }

    private static IlgpuKernel Gradient(CompiledModel model, Kernel kernel)
    {
        int parts = Parts(model);
        int width = model.Spec.Auxiliary.Model.EmbeddingSize;
        int vocabulary = model.Spec.Auxiliary.VocabularySize;
        string[] operands = [Rows("coefficients", vocabulary), MatrixText.OfWeights("embedding", vocabulary, width)];
        return new IlgpuKernel(
            "HeadGradient",
            parts == 1 ? "r_t = coefficients_t E" : $"coefficients_t E, part by part of {GroupTiles.HeadPart} tokens",
            $"{Construction}, for a block of rows.",
            kernel.Origin,
            [
                IlgpuParameter.Floats("coefficients", $"Of the block's trained rows, [rows, {vocabulary}]."),
                IlgpuParameter.Floats("embedding", $"{Embedding(model)}, [{vocabulary}, {width}]."),
                IlgpuParameter.Floats(
                    "gradient", parts == 1 ? $"r of these rows, [rows, {width}]." : $"Sums over each part of the vocabulary, [{parts}, rows, {width}]."),
                IlgpuParameter.Count("rows", "Trained rows of the block."),
            ],
            parts == 1
                ? CallText.Of("Product.Times<TGroup, Result>", [.. operands, $"new({Rows("gradient", width)})"])
                : CallText.Of("Product.PartsOfTimes<TGroup>", [.. operands, "gradient", Integer(GroupTiles.HeadPart)]))
        {
            Product = new PlainProduct(
                Integer(vocabulary), Integer(width), Transposed: false, MatrixText.Stride(model, kernel.Outputs[0]), Integer(width), Integer(vocabulary)),
        };
    }

    private static IlgpuKernel LossRows(CompiledModel model, Kernel kernel)
    {
        string vocabulary = Integer(model.Spec.Auxiliary.VocabularySize);
        string? loss = model.Spec.Training.Loss.Value switch
        {
            LossFunction.Softmax => "SoftmaxLoss",
            LossFunction.Quadratic => "QuadraticLoss",
            LossFunction.MeanEmbedding => IsCapped(model) ? "MeanLoss" : null,
            var other => throw new InvalidOperationException($"{other} has no GPU kernel."),
        };
        IlgpuParameter[] parameters =
        [
            IlgpuParameter.Floats("logits", $"Logits of the block, [rows, {vocabulary}]."),
            IlgpuParameter.Integers("targets", "Token that each row predicts, [rows]."),
            .. loss is null ? Array.Empty<IlgpuParameter>() : [IlgpuParameter.Floats("weights", "Factor m_t of each row's gradient, [rows].")],
            .. IsCapped(model) ? [IlgpuParameter.Floats("targetWeights", "m_t, 0 for a row without target, [rows].")] : Array.Empty<IlgpuParameter>(),
            IlgpuParameter.Floats("losses", "Largest logit, Σ exp(logit − largest) and the target's logit, [rows, 3]."),
            .. loss is null ? Array.Empty<IlgpuParameter>() : [IlgpuParameter.Count("descends", "Whether the gradient is wanted: 1 or 0.")],
        ];
        return new IlgpuKernel(
            "LossRows",
            "loss_t = log Σ exp(logits_t − largest) − (logits_t[target_t] − largest)" + (loss is null ? string.Empty : ", and the coefficients of E in the logits' place"),
            "One group for each row. The host takes the logarithm.",
            kernel.Origin,
            parameters,
            CallText.Of(
                $"RowLosses.{(loss is null ? "Measure<TGroup>" : $"MeasureAndDerive{(IsCapped(model) ? "Capped" : string.Empty)}<TGroup, {loss}>")}",
                [
                    .. parameters.Select(parameter => parameter.Name),
                    vocabulary,
                    .. model.Spec.Auxiliary.Model.LogitCap is { } cap ? [Float(cap)] : Array.Empty<string>(),
                ]));
    }

    /// <summary>The mean of the token embedding over the vocabulary.</summary>
    private static IlgpuKernel MeanEmbedding(CompiledModel model, Kernel kernel)
    {
        int width = model.Spec.Auxiliary.Model.EmbeddingSize;
        int vocabulary = model.Spec.Auxiliary.VocabularySize;
        return new IlgpuKernel(
            "MeanEmbedding",
            "mean = 1/V Σ_v E[v]",
            $"{Construction}. Threads below each other add up parts of a column.",
            kernel.Origin,
            [IlgpuParameter.Floats("embedding", $"{Embedding(model)}, [{vocabulary}, {width}]."), IlgpuParameter.Floats("mean", $"[{width}].")],
            CallText.Of("ColumnSums.Mean<TGroup>", MatrixText.OfWeights("embedding", vocabulary, width), "mean"));
    }

    /// <summary>r_t = m_t mean − m_t E[target_t], or r_t −= m_t E[target_t], or from parts of r_t.</summary>
    private static IlgpuKernel Targets(CompiledModel model, Kernel kernel)
    {
        int width = model.Spec.Auxiliary.Model.EmbeddingSize;
        bool fromMean = IsMean(model);
        bool fromParts = Parts(model) > 1;
        IlgpuParameter[] parameters =
        [
            IlgpuParameter.Index,
            IlgpuParameter.Integers("targets", "Token that each row predicts, [R]."),
            IlgpuParameter.Floats("targetWeights", "m_t, 0 for a row without target, [R]."),
            .. fromMean
                ? [IlgpuParameter.Floats("weights", "m_t, [R]."), IlgpuParameter.Floats("mean", $"Mean of E over the vocabulary, [{width}].")]
                : Array.Empty<IlgpuParameter>(),
            IlgpuParameter.Floats("embedding", $"{Embedding(model)}, [{model.Spec.Auxiliary.VocabularySize}, {width}]."),
            .. fromParts ? [IlgpuParameter.Floats("parts", $"Sums over parts of the vocabulary, [count, R, {width}].")] : Array.Empty<IlgpuParameter>(),
            IlgpuParameter.Floats("gradient", $"r, [R, {width}]."),
            .. fromParts ? [IlgpuParameter.Count("count", "Number of parts."), IlgpuParameter.Count("length", $"R · {width}.")] : Array.Empty<IlgpuParameter>(),
        ];
        return new IlgpuKernel(
            "SubtractTargets",
            fromMean ? "r_t = m_t mean E − m_t E[target_t]" : fromParts ? "r_t = Σ parts_t − m_t E[target_t]" : "r_t −= m_t E[target_t]",
            $"{Construction}.",
            kernel.Origin,
            parameters,
            CallText.Of(
                $"TargetGradient.Subtract{(fromMean ? "FromMean" : fromParts ? "FromParts" : string.Empty)}",
                [.. parameters.Select(parameter => parameter.Name), Integer(width)]),
            Grouped: false);
    }

    /// <summary>r_t = Σ parts_t, where the coefficients have the targets' part, since that goes through the bound of logits too.</summary>
    private static IlgpuKernel SumOfParts(CompiledModel model, Kernel kernel)
    {
        int width = model.Spec.Auxiliary.Model.EmbeddingSize;
        IlgpuParameter[] parameters =
        [
            IlgpuParameter.Index,
            IlgpuParameter.Floats("parts", $"Sums over parts of the vocabulary, [count, R, {width}]."),
            IlgpuParameter.Floats("gradient", $"r, [R, {width}]."),
            IlgpuParameter.Count("count", "Number of parts."),
            IlgpuParameter.Count("length", $"R · {width}."),
        ];
        return new IlgpuKernel(
            "SumParts",
            "r_t = Σ parts_t",
            $"{Construction}.",
            kernel.Origin,
            parameters,
            CallText.Of("TargetGradient.Sum", [.. parameters.Select(parameter => parameter.Name)]),
            Grouped: false);
    }

    private static string Rows(string name, int columns) => $"Matrix.OfTokens({name}, rows, {Integer(columns)}, stride: {Integer(columns)})";

    /// <summary>Launches of the loss gradient of a block's trained rows. cuBLAS adds up the whole vocabulary at once.</summary>
    private static string LossGradient(CompiledModel model, string gradient)
    {
        int parts = Parts(model);
        string trained = $"trainingRows * {Width(model)}, Targets(firstTraining, trainingRows), TargetWeights(firstTraining, trainingRows), {Weights(model)}";
        string coefficients = $"HeadBlock(firstTraining - first, trainingRows), {Weights(model)}";
        string part = $"View part = RowRange({gradient}Column, {Width(model)}, firstTraining - run.FirstTrainingRow, trainingRows);\n";
        if (parts == 1)
        {
            return part + $"HeadGradient(ProductTiles({Width(model)}, trainingRows), {coefficients}, part, trainingRows);"
                + (IsCapped(model) ? string.Empty : $"\nSubtractTargets({trained}, part);");
        }

        string finish = IsCapped(model) ? $"SumParts(trainingRows * {Width(model)}" : $"SubtractTargets({trained}";
        return part
            + $"View sums = HeadPartSums(trainingRows);\nHeadGradient(ProductTiles({Width(model)}, trainingRows, parts: {Integer(parts)}), {coefficients}, sums, trainingRows);\n"
            + $"{finish}, sums, part, HasCuBlas ? 1 : {Integer(parts)}, trainingRows * {Width(model)});";
    }

    /// <summary>The loss gradient from the mean embedding, behind all blocks.</summary>
    private static void WriteMeanGradient(CodeWriter code, CompiledModel model, string gradient, string mark)
    {
        code.Line(mark.Length > 0 ? $"\nif (!descends)\n{{\n    {mark}\n    return;\n}}\n" : "\nif (!descends)\n    return;");
        code.Line($"MeanEmbedding(ColumnGroups({Width(model)}), {Weights(model)}, Row);");
        code.Line(CallText.Of(
            "SubtractTargets",
            $"run.TrainingRows * {Width(model)}",
            "Targets(run.FirstTrainingRow, run.TrainingRows)",
            "TargetWeights(run.FirstTrainingRow, run.TrainingRows)",
            "GradientWeights(run.FirstTrainingRow, run.TrainingRows)",
            "Row",
            Weights(model),
            gradient) + ";");
        if (mark.Length > 0)
            code.Line(mark);
    }
}
