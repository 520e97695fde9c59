using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Runs;
using static TinT.Compiler.Emission.Identifiers;

namespace TinT.Compiler.Emission;

/// <summary>The call of a kernel from a routine, with views of its operands.</summary>
internal sealed class KernelCall(CompiledModel model, RoutineKind routine, Kernel kernel)
{
    /// <summary>Floats that a thread takes at a time in a row kernel.</summary>
    private const int GrainLength = 1 << 13;

    private const int LineLength = 150;

    private readonly bool backward = routine is RoutineKind.FinalNormBackward or RoutineKind.BackwardBlock or RoutineKind.WriteUpdates;

    /// <summary>
    /// Whether the kernel is called for each sequence: what reads or writes something that every sequence has for itself, be it ids, scores
    /// or updates, and backwards what reads rows of all tokens. Products with weights and sums are not, and the head sees to its sequences itself.
    /// </summary>
    public bool PerSequence => kernel.Kind switch
    {
        KernelKind.Linear or KernelKind.LinearBackward or KernelKind.Head => false,
        KernelKind.Embed or KernelKind.Attention or KernelKind.AttentionBackward => true,
        KernelKind.LinearAttention or KernelKind.LinearDescent or KernelKind.BiasDescent => true,
        KernelKind.LayerNorm => IsOwn(PlanParameters.BiasName(kernel)),
        _ => backward && kernel.Reads.Concat(kernel.Outputs).Any(o => !model.Buffers[o.Buffer].TrainingRows),
    };

    /// <summary>The call as a statement, or as a loop over earlier steps.</summary>
    /// <param name="mark">Statement behind each call; empty for none.</param>
    public string Text(string mark)
    {
        if (kernel.Kind != KernelKind.LinearAttention)
            return mark.Length == 0 ? CallText() : $"{CallText()}\n{mark}";
        string call = CallText();
        return $"for (int step = 0; step < attended; step++)\n{(mark.Length == 0 ? Indent(call) : $"{{\n{Indent($"{call}\n{mark}")}\n}}")}";
    }

    private static string Indent(string lines) => "    " + lines.Replace("\n", "\n    ");

    private string CallText()
    {
        string[] inputs = [.. kernel.Inputs.Select(o => View(o))];
        string[] outputs = [.. kernel.Outputs.Select(o => View(o))];
        string name = KernelNames.Of(kernel);
        string weight = kernel.Parameters.Count > 0 ? $"weights.{KernelNames.Weight(kernel)}" : string.Empty;
        switch (kernel.Kind)
        {
            case KernelKind.Embed:
                return RowCall("run", "StoredModel.EmbeddingTokenWeight", "StoredModel.EmbeddingPositionWeight", outputs[0]);
            case KernelKind.Normalize:
                return RowCall(inputs[0], outputs[0], outputs[1]);
            case KernelKind.LayerNorm:
                return RowCall(inputs[0], outputs[0], outputs[1], weight, Bias("weights", "own"), outputs[2]);
            case KernelKind.Add or KernelKind.Activation or KernelKind.ActivationBackward or KernelKind.Copy:
                return RowCall([.. inputs, .. outputs]);
            case KernelKind.NormBackward:
                string[] gain = weight.Length > 0 ? [weight] : [];
                string[] residual = kernel.Residual is null || kernel.Residual == kernel.Outputs[0] ? [] : [View(kernel.Residual)];
                return RowCall([.. inputs, .. gain, .. residual, outputs[0]]);
            case KernelKind.Linear:
                string[] added = kernel.Residual is null ? [] : [View(kernel.Residual)];
                string[] bias = kernel.BiasShare == Share.None ? [] : [Bias("weights", "own")];
                return Call(name, ["Workers", inputs[0], weight, .. bias, .. added, outputs[0]]);
            case KernelKind.Attention:
                return Call(name, ["Workers", "run", .. inputs, outputs[0]]);
            case KernelKind.Head:
                return Call($"{model.Name}CpuKernels.{name}", ["Workers", "Group", "pass", inputs[0], "StoredModel.EmbeddingTokenWeight", outputs[0]]);
            case KernelKind.LinearBackward:
                return Call(name, ["Workers", inputs[0], weight, outputs[0]]);
            case KernelKind.LinearDescent:
                return Call(name, ["Workers", inputs[0], inputs[1], "Group.LearningRate", weight, $"updated.{KernelNames.Weight(kernel)}.AsMatrix()"]);
            case KernelKind.BiasDescent:
                return Call(name, ["Workers", inputs[0], "Group.LearningRate", Bias("weights", "own"), Bias("updated", "moved")]);
            case KernelKind.LinearAttention:
                return Call(name, ["Workers", inputs[0], Earlier(kernel.Inputs[1]), Earlier(kernel.Inputs[2]), "Group.LearningRate", outputs[0]]);
            case KernelKind.AttentionBackward:
                // Scores need the queries and keys of all rows.
                string[] memory = [.. kernel.Inputs.Skip(1).Select(i => $"run.TokenRows({Whole(i, "memory")})")];
                return Call(name, ["Workers", "run", .. memory, inputs[0], .. outputs]);
            default:
                throw new InvalidOperationException($"{kernel.Kind} is not called from a routine.");
        }
    }

    /// <summary>A call on one line, or with one argument on each if that is too long.</summary>
    private static string Call(string name, IEnumerable<string> arguments)
    {
        string line = $"{name}({string.Join(", ", arguments)});";
        return line.Length <= LineLength ? line : $"{name}(\n    {string.Join(",\n    ", arguments)});";
    }

    private string RowCall(params string[] arguments)
    {
        int columns = kernel.Outputs.Max(o => o.Columns);
        int grain = Math.Max(1, GrainLength / columns);
        string rows = (PerSequence ? "run." : "Group.") + (backward ? "TrainingRows" : "Tokens");
        return Call("Workers.Run", [$"new {KernelNames.Of(kernel)}({string.Join(", ", arguments)})", rows, $"grain: {Integer(grain)}"]);
    }

    private bool IsOwn(string parameter) =>
        model.Parameters.Parameters.First(p => p.Name == parameter).Region is ParameterRegion.SequenceBlock or ParameterRegion.SequenceModel;

    /// <summary>The bias: one for all sequences, or the sequence's own.</summary>
    private string Bias(string shared, string own) =>
        $"{(IsOwn(PlanParameters.BiasName(kernel)) ? own : shared)}.{KernelNames.Bias(kernel)}";

    /// <summary>A buffer's columns; of one sequence its rows, backwards of buffers with a row per token those that the backward pass covers.</summary>
    private string View(Operand operand) => PerSequence ? RowsOf(operand, "memory") : Whole(operand, "memory");

    /// <summary>What a trained layer kept of an earlier step.</summary>
    private string Earlier(Operand operand)
    {
        string view = Whole(operand, "Kept(step, layer)");
        return model.Buffers[operand.Buffer].TrainingRows ? $"run.GradientRows({view})" : $"run.TrainedRows({view})";
    }

    private string RowsOf(Operand operand, string memory)
    {
        string view = Whole(operand, memory);
        if (model.Buffers[operand.Buffer].TrainingRows)
            return $"run.GradientRows({view})";
        return backward ? $"run.TrainedRows({view})" : $"run.TokenRows({view})";
    }

    private string Whole(Operand operand, string memory)
    {
        TokenBuffer buffer = model.Buffers[operand.Buffer];
        string view = (buffer.Kind == BufferKind.Transient ? string.Empty : memory + ".") + Pascal(buffer.Name);
        return buffer.Columns == operand.Columns ? view : view + $".ColumnRange({Integer(operand.FirstColumn)}, {Integer(operand.Columns)})";
    }
}
