using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using TinT.Model.Runs;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Accounting.Kernels;

/// <summary>Costs of the kernels of a program, from their accounts.</summary>
/// <param name="spec">The spec.</param>
/// <param name="parameters">Weights the kernels read.</param>
/// <param name="buffers">Buffers they work in.</param>
/// <param name="run">Tokens T and training tokens R.</param>
/// <param name="allLogits">Whether logits of every row are in memory.</param>
internal sealed class KernelCosts(ModelSpec spec, ParameterLayout parameters, BufferPlan buffers, PlannedRun run, bool allLogits)
{
    private readonly Dictionary<string, Parameter> parameterByName = parameters.Parameters.ToDictionary(parameter => parameter.Name);

    /// <summary>Cost of a call.</summary>
    /// <param name="routine">Routine the kernel belongs to.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="head">For the head, what the pass is for.</param>
    /// <exception cref="NotSupportedException">The cost of this kind of kernel is not known.</exception>
    public OperationCost Of(RoutineKind routine, Kernel kernel, HeadPass? head)
    {
        KernelRun call = RunOf(routine, kernel, head);
        KernelAccount account = KernelAccount.Of(kernel.Kind);
        OperationCost cost = account.Work(call);
        if (account.MovesOperands)
            cost += Moved(kernel, call.Rows);
        long saved = account.ReadsTables && run.Weights != WeightStorage.SinglePrecision ? cost.ParameterBytesRead / 2 : BytesSaved(kernel);
        return cost with { ParameterBytesRead = cost.ParameterBytesRead - saved };
    }

    /// <summary>Bytes that a call reads less of a matrix stored in 16 bits than of a copy in single precision.</summary>
    /// <param name="kernel">The kernel.</param>
    public long BytesSaved(Kernel kernel) =>
        run.Weights != WeightStorage.SinglePrecision && KernelAccount.Of(kernel.Kind).ReadsMatrix && Weight(kernel).IsNarrowable
            ? Weight(kernel).Length * OperationCost.NumberBytes / 2
            : 0;

    /// <summary>Whether a kernel reads weights that have updated copies.</summary>
    /// <param name="kernel">The kernel.</param>
    public bool ReadsTrained(Kernel kernel) =>
        KernelAccount.Of(kernel.Kind).ReadsMatrix && Weight(kernel).Region is ParameterRegion.TrainedBlock or ParameterRegion.TrainedModel;

    /// <summary>Working memory of a call.</summary>
    /// <param name="routine">Routine the kernel belongs to.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="memory">What it depends on besides.</param>
    public ScratchSize ScratchOf(RoutineKind routine, Kernel kernel, ScratchRun memory) =>
        KernelAccount.Of(kernel.Kind).Scratch(RunOf(routine, kernel, null), memory);

    /// <summary>Every operand once, with as many rows as the pass has.</summary>
    private static OperationCost Moved(Kernel kernel, long rows) => OperationCost.Of(
        read: rows * kernel.Reads.Sum(operand => (long)operand.Columns), written: rows * kernel.Outputs.Sum(operand => (long)operand.Columns));

    private KernelRun RunOf(RoutineKind routine, Kernel kernel, HeadPass? head) => new(spec, parameterByName, buffers, run, allLogits, routine, kernel, head);

    private Parameter Weight(Kernel kernel) => parameterByName[PlanParameters.WeightName(kernel)];
}
