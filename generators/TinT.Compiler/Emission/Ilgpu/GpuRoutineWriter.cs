using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using TinT.Compiler.Text;
using TinT.Model.Runs;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>Writes one routine of the GPU simulator: the launches of its kernels, in order.</summary>
internal static class GpuRoutineWriter
{
    private const int LineLength = 150;

    public static void Write(CodeWriter code, CompiledModel model, RoutineKind routine)
    {
        if (routine == RoutineKind.Head)
        {
            WriteHead(code, model);
            return;
        }

        (string Condition, string Code)[] statements =
        [
            .. IlgpuKernels.Launches(model, routine).SelectMany(launch => Launch(model, routine, launch)
                .Concat(model.Timed && routine != RoutineKind.WriteUpdates ? [Mark(model, routine, launch.Index)] : [])
                .Select(code => (ConditionOf(model, routine, launch), code))),
        ];
        code.Block(Signature(routine), () =>
        {
            foreach (string local in Locals(model, routine, statements))
                code.Line(local);
            WriteStatements(code, statements);
        });
    }

    /// <summary>The mark behind the launches of a kernel, in a simulator that tells times; of a fused activation nothing is told.</summary>
    public static string Mark(CompiledModel model, RoutineKind routine, int index) =>
        $"Mark(Clock, {Integer(KernelNumbers.Of(model.Program, routine, index))}{(routine == RoutineKind.Head ? " + (int)pass" : string.Empty)});";

    /// <summary>How the base class calls a routine.</summary>
    private static string Signature(RoutineKind routine) => routine switch
    {
        RoutineKind.Embedding => "protected override void Embedding(SequenceRun run)",
        RoutineKind.ForwardBlock => "protected override void ForwardBlock(SequenceRun run, int layer, int updates, KeptPlace place)",
        RoutineKind.FinalNorm => "protected override void FinalNorm(SequenceRun run, int updates)",
        RoutineKind.FinalNormBackward => "protected override void FinalNormBackward(SequenceRun run, int updates)",
        RoutineKind.BackwardBlock => "protected override void BackwardBlock(SequenceRun run, int layer, int updates, KeptPlace place, bool lowest)",
        RoutineKind.WriteUpdates => "protected override void WriteUpdates(SequenceRun run, int layer, int updates, KeptPlace place)",
        _ => throw new InvalidOperationException($"{routine} is not written kernel by kernel."),
    };

    private static IEnumerable<string> Locals(CompiledModel model, RoutineKind routine, (string Condition, string Code)[] statements)
    {
        bool Uses(string name) => statements.Any(statement => statement.Condition.Contains(name) || statement.Code.Contains(name));
        bool block = routine is RoutineKind.ForwardBlock or RoutineKind.BackwardBlock;
        bool writes = routine == RoutineKind.WriteUpdates;
        if (block)
            yield return "ThrowIfCancelled();";
        if (Uses("memory."))
            yield return "MemorySlot memory = Memory(place);";
        if (writes)
            yield return "BlockWeights weights = updates == 0 ? StoredBlock(layer) : UpdatedBlock(layer);";
        else if (Uses("weights."))
            yield return block ? "BlockWeights weights = Block(layer, updates);" : "ModelWeights weights = updates == 0 ? StoredModel : UpdatedModel;";
        if (Uses("updated."))
            yield return block || writes ? "BlockWeights updated = UpdatedBlock(layer);" : "ModelWeights updated = UpdatedModel;";
        if (Uses("attended"))
            yield return model.Program.HasPrimal ? "int attended = Dual ? updates : 0;" : "int attended = updates;";
    }

    private static string ConditionOf(CompiledModel model, RoutineKind routine, GpuStep launch)
    {
        bool twoForms = model.Program.HasPrimal && model.Program.HasDual && routine != RoutineKind.WriteUpdates;
        return launch.Kernel switch
        {
            { Kind: KernelKind.LinearAttention } => "for (int step = 0; step < attended; step++)",
            { Form: UpdateForm.Primal } when twoForms => "if (!Dual)",
            { Form: UpdateForm.Dual } when twoForms => "if (Dual)",
            _ when launch.OnlyAttended => "if (attended > 0)",
            _ when routine == RoutineKind.BackwardBlock && model.Program.Routines[(int)routine].LeavesBlock(launch.Index) => "if (!lowest)",
            _ => string.Empty,
        };
    }

    /// <summary>Statements, those of one condition together.</summary>
    private static void WriteStatements(CodeWriter code, (string Condition, string Code)[] statements)
    {
        for (int i = 0; i < statements.Length;)
        {
            string condition = statements[i].Condition;
            string[] run = [.. statements.Skip(i).TakeWhile(statement => statement.Condition == condition).Select(statement => statement.Code)];
            if (condition.Length == 0)
                code.Line(string.Join("\n", run));
            else if (run.Length == 1)
                code.Line(condition).Indented(() => code.Line(run[0]));
            else
                code.Block(condition, () => code.Line(string.Join("\n", run)));
            i += run.Length;
        }
    }

    private static IEnumerable<string> Launch(CompiledModel model, RoutineKind routine, GpuStep launch)
    {
        (Kernel kernel, Kernel? activation, _, _) = launch;
        bool backward = routine is RoutineKind.FinalNormBackward or RoutineKind.BackwardBlock or RoutineKind.WriteUpdates;
        string View(Operand operand) => ViewOf(model, operand, backward);
        string[] inputs = [.. kernel.Inputs.Select(View)];
        string[] outputs = [.. kernel.Outputs.Select(View)];
        string[] residual = kernel.Residual is null ? [] : [View(kernel.Residual)];
        string rows = backward ? "run.TrainingRows" : "run.Tokens";
        string weight = kernel.Parameters.Count > 0 ? KernelNames.Weight(kernel) : string.Empty;
        string bias = kernel.Parameters.Count > 0 ? KernelNames.Bias(kernel) : string.Empty;
        string name = KernelNames.Of(kernel);
        string Call(string grid, params IEnumerable<string>[] arguments) => CallOf(name, [grid, .. arguments.SelectMany(a => a)]);
        switch (kernel.Kind)
        {
            case KernelKind.Embed:
                yield return Call("run.Tokens * HiddenSize", ["TokenIds", "Positions", "StoredModel.EmbeddingTokenWeight", "StoredModel.EmbeddingPositionWeight", outputs[0]]);
                break;
            case KernelKind.Copy:
                yield return Call($"{rows} * {Integer(kernel.Outputs[0].Columns)}", inputs.Concat(outputs));
                break;
            case KernelKind.LinearAttention:
                string attended = Integer(GroupTiles.LinearAttentionTiles);
                yield return Call(
                    $"LinearAttentionTiles({Integer(kernel.Outputs[0].Columns)}, {rows}, across: {attended})",
                    [inputs[0], Earlier(model, kernel.Inputs[1]), Earlier(model, kernel.Inputs[2]), outputs[0], "LearningRate", rows, "run.TrainingRows"]);
                break;
            case KernelKind.Normalize:
                yield return Call($"RowGroups({rows})", inputs, outputs);
                break;
            case KernelKind.LayerNorm:
                yield return Call($"RowGroups({rows})", inputs, [outputs[0], outputs[1], $"weights.{weight}", $"weights.{bias}", outputs[2]]);
                break;
            case KernelKind.NormBackward:
                yield return Call($"RowGroups({rows})", inputs, weight.Length > 0 ? [$"weights.{weight}"] : [], residual, outputs);
                break;
            case KernelKind.Add or KernelKind.Activation or KernelKind.ActivationBackward:
                yield return Call($"{rows} * {Integer(kernel.Outputs[0].Columns)}", inputs, outputs);
                break;
            case KernelKind.Linear:
                yield return Call(
                    $"ProductTiles({Integer(kernel.Outputs[0].Columns)}, {rows})",
                    [inputs[0], $"weights.{weight}", $"weights.{bias}"],
                    residual,
                    [outputs[0]],
                    activation is null ? [] : [View(activation.Outputs[0])],
                    [rows]);
                break;
            case KernelKind.LinearBackward:
                yield return Call(
                    $"ProductTiles({Integer(kernel.Outputs[0].Columns)}, {rows})",
                    [inputs[0], $"weights.{weight}"],
                    activation is null ? [] : [View(activation.Inputs[1])],
                    residual,
                    [activation is null ? outputs[0] : View(activation.Outputs[0]), rows]);
                break;
            case KernelKind.LinearDescent:
                string outputsOf = Integer(kernel.Inputs[0].Columns);
                yield return Call($"ProductTiles({Integer(kernel.Inputs[1].Columns)}, {outputsOf})", inputs, [$"weights.{weight}", $"updated.{weight}", "LearningRate", outputsOf, rows]);
                break;
            case KernelKind.BiasDescent:
                yield return Call($"ColumnGroups({Integer(kernel.Inputs[0].Columns)})", inputs, [$"weights.{bias}", $"updated.{bias}", "LearningRate", rows]);
                break;
            case KernelKind.Attention:
                yield return Call($"AttentionTiles({rows}, HeadCount, {HeadSize(model)})", inputs, outputs, ["Mask", "Masked", "run.Tokens"]);
                break;
            case KernelKind.AttentionBackward:
                foreach (string text in AttentionBackward(model, kernel, outputs))
                    yield return text;
                break;
            default:
                throw new InvalidOperationException($"{kernel.Kind} is not launched from a routine.");
        }
    }

    /// <summary>Statistics of the rows first; scores need the queries and keys of all rows.</summary>
    private static IEnumerable<string> AttentionBackward(CompiledModel model, Kernel kernel, string[] outputs)
    {
        string[] memory = [.. kernel.Inputs.Skip(1).Select(input => ViewOf(model, input, trainingRows: false))];
        string gradient = ViewOf(model, kernel.Inputs[0], trainingRows: true);
        string[] operands = [.. memory, gradient];
        string[] range = ["Mask", "Masked", "run.Tokens", "run.FirstTrainingRow", "run.TrainingRows"];
        string whole = $"AttentionTiles(run.TrainingRows, HeadCount, {HeadSize(model)})";
        yield return CallOf(IlgpuAttentionBackward.Statistics, ["AttentionTiles(run.TrainingRows, HeadCount, 1)", .. operands, "Statistics", .. range]);
        yield return CallOf("AttentionToValues", [whole, .. operands, "Statistics", "Trained", outputs[0], .. range]);
        if (!IlgpuAttentionBackward.IsExact(kernel))
            yield break;
        yield return CallOf("AttentionToQueries", [whole, .. operands, "Statistics", outputs[1], .. range]);
        yield return CallOf("AttentionToKeys", [whole, .. operands, "Statistics", "Trained", outputs[2], .. range]);
    }

    private static void WriteHead(CodeWriter code, CompiledModel model)
    {
        Kernel head = model.Program[RoutineKind.Head][0];
        bool mean = model.Spec.Training.Loss.Value == LossFunction.MeanEmbedding;
        string input = Pascal(head.Inputs[0].Buffer) + "Column";
        string gradient = Pascal(head.Outputs[0].Buffer);
        code.Block("protected override void Head(SequenceRun run, HeadPass pass)", () =>
        {
            code.Line("bool descends = pass != HeadPass.After && run.TrainingRows > 0;\n(int firstRow, int rowCount) = run.HeadRows(pass);");
            code.Block($"for (int first = firstRow; {(mean ? "pass != HeadPass.Between && " : string.Empty)}first < firstRow + rowCount; first += BlockRows)", () =>
            {
                code.Line(
                    $$"""
                    int rows = Math.Min(BlockRows, firstRow + rowCount - first);
                    View logits = HeadBlock(0, rows);
                    HeadLogits(ProductTiles(VocabularySize, rows), RowRange({{input}}, HiddenSize, first, rows), StoredModel.EmbeddingTokenWeight, logits, rows);
                    if (WantsLogits(pass))
                        CopyRows(rows * VocabularySize, logits, Logits(pass, first, rows));
                    LossRows(RowGroups(rows), logits, Targets(first, rows), GradientWeights(first, rows), Losses(pass, first, rows), descends ? 1 : 0);
                    """);
                if (mean)
                    return;
                code.Line("(int firstTraining, int trainingRows) = run.TrainingPart(first, rows);");
                code.Block("if (descends && trainingRows > 0)", () => code.Line(LossGradient(model, gradient)));
            });
            string mark = model.Timed ? Mark(model, RoutineKind.Head, 0) : string.Empty;
            if (mean)
                WriteMeanGradient(code, gradient, mark);
            else if (model.Timed)
                code.Line(mark);
        });
    }

    /// <summary>Launches of the loss gradient of a block's trained rows. cuBLAS adds up the whole vocabulary at once.</summary>
    private static string LossGradient(CompiledModel model, string gradient)
    {
        int parts = IlgpuHead.Parts(model);
        string trained = "trainingRows * HiddenSize, Targets(firstTraining, trainingRows), TargetWeights(firstTraining, trainingRows), StoredModel.EmbeddingTokenWeight";
        string coefficients = "HeadBlock(firstTraining - first, trainingRows), StoredModel.EmbeddingTokenWeight";
        string part = $"View part = RowRange({gradient}Column, HiddenSize, firstTraining - run.FirstTrainingRow, trainingRows);\n";
        if (parts == 1)
            return part + $"HeadGradient(ProductTiles(HiddenSize, trainingRows), {coefficients}, part, trainingRows);\nSubtractTargets({trained}, part);";
        return part
            + $"View sums = HeadPartSums(trainingRows);\nHeadGradient(ProductTiles(HiddenSize, trainingRows, parts: {Integer(parts)}), {coefficients}, sums, trainingRows);\n"
            + $"SubtractTargets({trained}, sums, part, HasCuBlas ? 1 : {Integer(parts)}, trainingRows * HiddenSize);";
    }

    /// <summary>The loss gradient from the mean embedding, behind all blocks.</summary>
    private static void WriteMeanGradient(CodeWriter code, string gradient, string mark)
    {
        code.Line(mark.Length > 0 ? $"\nif (!descends)\n{{\n    {mark}\n    return;\n}}\n" : "\nif (!descends)\n    return;");
        code.Line("MeanEmbedding(ColumnGroups(HiddenSize), StoredModel.EmbeddingTokenWeight, Row);");
        code.Line(CallOf("SubtractTargets",
        [
            "run.TrainingRows * HiddenSize",
            "Targets(run.FirstTrainingRow, run.TrainingRows)",
            "TargetWeights(run.FirstTrainingRow, run.TrainingRows)",
            "GradientWeights(run.FirstTrainingRow, run.TrainingRows)",
            "Row",
            "StoredModel.EmbeddingTokenWeight",
            gradient,
        ]));
        if (mark.Length > 0)
            code.Line(mark);
    }

    private static string HeadSize(CompiledModel model) => Integer(model.Spec.Auxiliary.HeadSize);

    /// <summary>A launch on one line, or with one argument on each if that is too long.</summary>
    private static string CallOf(string name, IReadOnlyList<string> arguments)
    {
        string line = $"{name}({string.Join(", ", arguments)});";
        return line.Length <= LineLength ? line : $"{name}(\n    {string.Join(",\n    ", arguments)});";
    }

    /// <summary>What a trained layer kept of an earlier step.</summary>
    private static string Earlier(CompiledModel model, Operand operand) => ViewOf(model, operand, trainingRows: true, "Kept(step, layer)");

    /// <summary>A buffer's columns; backwards, of buffers with a row per token, the rows that the backward pass covers.</summary>
    private static string ViewOf(CompiledModel model, Operand operand, bool trainingRows, string memory = "memory")
    {
        TokenBuffer buffer = model.Buffers[operand.Buffer];
        string view = (buffer.Kind == BufferKind.Transient ? string.Empty : memory + ".") + Pascal(buffer.Name);
        if (trainingRows && !buffer.TrainingRows)
            view = $"TrainedPart({view}, {Integer(buffer.Columns)})";
        return operand.FirstColumn == 0 ? view : $"From({view}, {Integer(operand.FirstColumn)})";
    }
}
