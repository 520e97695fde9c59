using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Model.Runs;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu.Launches;

/// <summary>What the launches of a routine's kernel are written from.</summary>
/// <param name="model">The model.</param>
/// <param name="routine">The routine.</param>
/// <param name="step">The kernel.</param>
internal sealed class LaunchText(CompiledModel model, RoutineKind routine, GpuStep step)
{
    /// <summary>The model.</summary>
    public CompiledModel Model => model;

    /// <summary>The kernel.</summary>
    public Kernel Kernel => step.Kernel;

    /// <summary>The activation that is fused to it, or <see langword="null"/>.</summary>
    public Kernel? Activation => step.Activation;

    /// <summary>Number of its rows.</summary>
    public string Rows => (IsBackward ? "run.TrainingRows" : "run.Tokens") + (Kernel.Heads == 1 ? string.Empty : $" * {Integer(Kernel.Heads)}");

    /// <summary>Positions of the tokens that it works on.</summary>
    public string Positions => IsBackward ? "TrainedPositions" : "Positions";

    /// <summary>Views of its inputs.</summary>
    public string[] Inputs => [.. Kernel.Inputs.Select(View)];

    /// <summary>Views of its outputs.</summary>
    public string[] Outputs => [.. Kernel.Outputs.Select(View)];

    /// <summary>The view of its residual, if it has one.</summary>
    public string[] Residual => Kernel.Residual is null ? [] : [View(Kernel.Residual)];

    /// <summary>The weight or gain that it reads, as loaded or updated before.</summary>
    public string Weight => "weights." + KernelNames.Weight(Kernel);

    /// <summary>The bias that it reads.</summary>
    public string Bias => "weights." + KernelNames.Bias(Kernel);

    /// <summary>The weight that it updates.</summary>
    public string UpdatedWeight => "updated." + KernelNames.Weight(Kernel);

    /// <summary>The bias that it updates.</summary>
    public string UpdatedBias => "updated." + KernelNames.Bias(Kernel);

    private bool IsBackward => routine is RoutineKind.FinalNormBackward or RoutineKind.BackwardBlock or RoutineKind.WriteUpdates;

    /// <summary>A launch of the kernel.</summary>
    /// <param name="grid">Its groups, or elements.</param>
    /// <param name="arguments">Its arguments.</param>
    public string Call(string grid, params IEnumerable<string>[] arguments) => CallOf(KernelNames.Of(Kernel), grid, arguments);

    /// <summary>A launch of a kernel that has a name of its own.</summary>
    /// <param name="name">The name.</param>
    /// <param name="grid">Its groups, or elements.</param>
    /// <param name="arguments">Its arguments.</param>
    public static string CallOf(string name, string grid, params IEnumerable<string>[] arguments) =>
        CallText.Of(name, [grid, .. arguments.SelectMany(a => a)]) + ";";

    /// <summary>A launch for each element of the first output.</summary>
    /// <param name="arguments">Its arguments.</param>
    public string CallForElements(params IEnumerable<string>[] arguments) => Call($"{Rows} * {Integer(Kernel.Outputs[0].Columns / Kernel.Heads)}", arguments);

    /// <summary>A buffer's columns; backwards, of buffers with a row for each token, the rows that the backward pass covers.</summary>
    /// <param name="operand">The columns.</param>
    public string View(Operand operand) => ViewOf(operand, IsBackward, "memory");

    /// <summary>The columns of all rows.</summary>
    /// <param name="operand">The columns.</param>
    public string AllRows(Operand operand) => ViewOf(operand, trainingRows: false, "memory");

    /// <summary>What a trained layer kept of an earlier step.</summary>
    /// <param name="operand">The columns.</param>
    public string Earlier(Operand operand) => ViewOf(operand, trainingRows: true, "Kept(step, layer)");

    private string ViewOf(Operand operand, bool trainingRows, string memory)
    {
        TokenBuffer buffer = model.Buffers[operand.Buffer];
        string view = (buffer.Kind == BufferKind.Transient ? string.Empty : memory + ".") + Pascal(buffer.Name);
        if (trainingRows && !buffer.TrainingRows)
            view = $"TrainedPart({view}, {Integer(buffer.Columns)})";
        return operand.FirstColumn == 0 ? view : $"From({view}, {Integer(operand.FirstColumn)})";
    }
}
