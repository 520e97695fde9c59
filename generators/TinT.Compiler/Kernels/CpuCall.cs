using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Model.Runs;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Kernels;

/// <summary>The call of a kernel from a routine of a processor's simulator, with views of its operands.</summary>
internal sealed class CpuCall(CompiledModel model, RoutineKind routine, Kernel kernel)
{
    /// <summary>Floats that a thread takes at a time in a row kernel.</summary>
    private const int GrainLength = 1 << 13;

    private const int LineLength = 150;

    private readonly KernelForm form = KernelForm.Of(kernel.Kind);

    public CompiledModel Model => model;

    public Kernel Kernel => kernel;

    /// <summary>Whether it works on the rows that the backward pass covers.</summary>
    public bool Backward { get; } = routine is RoutineKind.FinalNormBackward or RoutineKind.BackwardBlock or RoutineKind.WriteUpdates;

    /// <summary>Whether the kernel is called for each sequence.</summary>
    public bool PerSequence => form.IsPerSequence(this);

    /// <summary>Whether an operand has a row for every token.</summary>
    public bool ReadsAllRows => kernel.Reads.Concat(kernel.Outputs).Any(operand => !model.Buffers[operand.Buffer].TrainingRows);

    /// <summary>Whether each sequence has its own copy of the bias.</summary>
    public bool HasOwnBias => IsOwn(PlanParameters.BiasName(kernel));

    /// <summary>Whether each sequence has its own copy of the gain.</summary>
    public bool HasOwnGain => kernel.Parameters.Count > 0 && IsOwn(PlanParameters.WeightName(kernel));

    public IEnumerable<string> Inputs => kernel.Inputs.Select(View);

    public IEnumerable<string> Outputs => kernel.Outputs.Select(View);

    /// <summary>The weight or gain before the step: one for all sequences, or the sequence's own gain.</summary>
    public string Weight => $"{(HasOwnGain ? "own" : "weights")}.{KernelNames.Weight(kernel)}";

    /// <summary>The gain after it.</summary>
    public string UpdatedGain => $"moved.{KernelNames.Weight(kernel)}";

    /// <summary>The bias before the step: one for all sequences, or the sequence's own.</summary>
    public string Bias => $"{(HasOwnBias ? "own" : "weights")}.{KernelNames.Bias(kernel)}";

    /// <summary>The bias after it.</summary>
    public string UpdatedBias => $"{(HasOwnBias ? "moved" : "updated")}.{KernelNames.Bias(kernel)}";

    /// <summary>The learning rate of a descent of the bias.</summary>
    public string BiasRate => RateOf(HasOwnBias);

    /// <summary>The learning rate of a descent of the gain.</summary>
    public string GainRate => RateOf(HasOwnGain);

    /// <summary>The call as a statement, or as a loop over earlier steps.</summary>
    /// <param name="mark">Statement behind each call; empty for none.</param>
    public string Text(string mark)
    {
        string call = form.Call(this);
        if (kernel.Kind != KernelKind.LinearAttention)
            return mark.Length == 0 ? call : $"{call}\n{mark}";
        return $"for (int step = 0; step < attended; step++)\n{(mark.Length == 0 ? Indent(call) : $"{{\n{Indent($"{call}\n{mark}")}\n}}")}";
    }

    /// <summary>A call on one line, or with one argument on each if that is too long.</summary>
    public static string Method(string name, IEnumerable<string> arguments)
    {
        string line = $"{name}({string.Join(", ", arguments)});";
        return line.Length <= LineLength ? line : $"{name}(\n    {string.Join(",\n    ", arguments)});";
    }

    /// <summary>The call of a row kernel: its rows shared between threads.</summary>
    public string Rows(IEnumerable<string> arguments)
    {
        int columns = kernel.Outputs.Max(operand => operand.Columns) / kernel.Heads;
        int grain = Math.Max(1, GrainLength / columns);
        string rows =
            (PerSequence ? "run." : "Group.") + (Backward ? "TrainingRows" : "Tokens") + (kernel.Heads == 1 ? string.Empty : $" * {Integer(kernel.Heads)}");
        return Method("Workers.Run", [$"new {KernelNames.Of(kernel)}({string.Join(", ", arguments)})", rows, $"grain: {Integer(grain)}"]);
    }

    /// <summary>A buffer's columns; of one sequence its rows, backwards of buffers with a row per token those that the backward pass covers.</summary>
    /// <remarks>A kernel on heads has a row for each.</remarks>
    public string View(Operand operand)
    {
        string view = PerSequence ? RowsOf(operand) : Whole(operand);
        if (kernel.Heads == 1)
            return view;
        return view + (operand.Columns == kernel.Heads ? ".Flat()" : $".CutRows({Integer(kernel.Heads)})");
    }

    /// <summary>A buffer's columns, all rows.</summary>
    public string Whole(Operand operand) => Whole(operand, "memory");

    /// <summary>What a trained layer kept of an earlier step.</summary>
    public string Earlier(Operand operand)
    {
        string view = Whole(operand, "Kept(step, layer)");
        return model.Buffers[operand.Buffer].TrainingRows ? $"run.GradientRows({view})" : $"run.TrainedRows({view})";
    }

    /// <summary>What sequences have for themselves moves once for each training that shares the pass.</summary>
    private static string RateOf(bool own) => own ? "descent.LearningRate" : "Group.LearningRate";

    private static string Indent(string lines) => "    " + lines.Replace("\n", "\n    ");

    private bool IsOwn(string parameter) =>
        model.Parameters.Parameters.First(p => p.Name == parameter).Region is ParameterRegion.SequenceBlock or ParameterRegion.SequenceModel;

    private string RowsOf(Operand operand)
    {
        string view = Whole(operand);
        if (model.Buffers[operand.Buffer].TrainingRows)
            return $"run.GradientRows({view})";
        return Backward ? $"run.TrainedRows({view})" : $"run.TokenRows({view})";
    }

    private string Whole(Operand operand, string memory)
    {
        TokenBuffer buffer = model.Buffers[operand.Buffer];
        string view = (buffer.Kind == BufferKind.Transient ? string.Empty : memory + ".") + Pascal(buffer.Name);
        return buffer.Columns == operand.Columns ? view : view + $".ColumnRange({Integer(operand.FirstColumn)}, {Integer(operand.Columns)})";
    }
}
