using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using TinT.Model.Runs;
using TinT.Runtime.Formulas;

namespace TinT.Accounting.Kernels;

/// <summary>A kernel in a run for one sequence.</summary>
/// <param name="Spec">The spec.</param>
/// <param name="Parameters">Weights that kernels read, by name.</param>
/// <param name="Buffers">Buffers they work in.</param>
/// <param name="Run">The run.</param>
/// <param name="AllLogits">Whether logits of every row are in memory.</param>
/// <param name="Routine">Routine the kernel belongs to.</param>
/// <param name="Kernel">The kernel.</param>
/// <param name="Head">For the head, what the pass is for.</param>
internal sealed record KernelRun(
    ModelSpec Spec,
    IReadOnlyDictionary<string, Parameter> Parameters,
    BufferPlan Buffers,
    PlannedRun Run,
    bool AllLogits,
    RoutineKind Routine,
    Kernel Kernel,
    HeadPass? Head)
{
    /// <summary>Rows that it works on.</summary>
    public long Rows => Routine is RoutineKind.FinalNormBackward or RoutineKind.BackwardBlock ? Run.TrainingTokens : Run.Tokens;

    /// <summary>Elements of its first result.</summary>
    public long Elements => Kernel.Outputs.Count > 0 ? Rows * Kernel.Outputs[0].Columns : 0;

    /// <summary>The weight or gain it reads.</summary>
    public Parameter Weight => Parameters[PlanParameters.WeightName(Kernel)];

    /// <summary>Elements of its bias; 0 without one.</summary>
    public long BiasLength => Parameters.TryGetValue(PlanParameters.BiasName(Kernel), out Parameter? bias) ? bias.Length : 0;

    /// <summary>Operations of an activation.</summary>
    public int Activation => ElementOperations.Of(Spec.Auxiliary.Activation.Value);

    /// <summary>The norm.</summary>
    private NormFormula Norm => NormFormulas.Of(Spec.Auxiliary.Model.Norm);

    /// <summary>Columns of an operand's rows, which may be heads of tokens.</summary>
    public int Columns(int input) => Kernel.Inputs[input].Columns / Kernel.Heads;

    /// <summary>2 · rows · in · out; W is read once.</summary>
    public OperationCost Product => OperationCost.Of(products: 2 * Rows * Kernel.Heads * Weight.Length, parametersRead: Weight.Length);

    /// <summary>x̂ and r.</summary>
    public OperationCost Normalization => OperationCost.Of(elements: (Norm.Operations * Elements) + (Norm.RowOperations * Rows * Kernel.Heads));

    /// <summary>w − lr Σ for every weight; reading them is counted elsewhere.</summary>
    public static OperationCost Descent(long length) => OperationCost.Of(elements: ElementOperations.Descent * length, parametersWritten: length);

    /// <summary>Pairs of a query and a key that is not behind it.</summary>
    public static long CausalPairs(long tokens) => tokens * (tokens + 1) / 2;
}
