using TinT.Accounting.Launches;
using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Model;
using TinT.Model.Runs;
using TinT.Runtime.Formulas;

namespace TinT.Accounting.Kernels;

/// <summary>A kernel in a run on a GPU, with what is fused to it.</summary>
/// <param name="Model">The model as GPU kernels run it.</param>
/// <param name="Shapes">Forms of kernels.</param>
/// <param name="Run">Tokens and training tokens.</param>
/// <param name="Call">The call of the routine that it belongs to.</param>
/// <param name="Step">The kernel.</param>
internal sealed record LaunchRun(CompiledModel Model, LaunchShapes Shapes, PlannedRun Run, RoutineCall Call, GpuStep Step)
{
    /// <summary>The kernel.</summary>
    public Kernel Kernel => Step.Kernel;

    /// <summary>The auxiliary model.</summary>
    public AuxiliaryDescription Auxiliary => Model.Spec.Auxiliary.Model;

    /// <summary>Its name.</summary>
    public string Name => KernelNames.Of(Kernel);

    /// <summary>Rows that it works on, each head of a token one where rows are heads.</summary>
    public long Rows => (Call.Routine is RoutineKind.FinalNormBackward or RoutineKind.BackwardBlock ? Run.TrainingTokens : Run.Tokens) * Kernel.Heads;

    /// <summary>Columns of such rows of its first result.</summary>
    public long ResultColumns => Kernel.Outputs.Count > 0 ? Kernel.Outputs[0].Columns / Kernel.Heads : 0;

    /// <summary>Elements of its first result.</summary>
    public long Elements => Rows * ResultColumns;

    /// <summary>Whether it adds a residual.</summary>
    public int Adds => Kernel.Residual is null ? 0 : 1;

    /// <summary>Whether it adds a bias.</summary>
    public int Biases => Kernel.BiasShare == Share.None ? 0 : 1;

    /// <summary>Operations of an activation.</summary>
    public int Activation => ElementOperations.Of(Model.Spec.Auxiliary.Activation.Value);

    /// <summary>Operations of an activation's Taylor difference.</summary>
    public int ActivationGradient => (2 * Activation) + ElementOperations.Difference;

    /// <summary>Operations of both gradients of a gate.</summary>
    public int GateGradient => (3 * Activation) + ElementOperations.Difference + 2;

    /// <summary>The norm.</summary>
    public NormFormula Norm => NormFormulas.Of(Auxiliary.Norm);

    /// <summary>Costs of attention in the layer.</summary>
    public AttentionLaunches Attention => new(Shapes, Auxiliary, Call.Layer);

    /// <summary>Columns of an operand's rows, which may be heads of tokens.</summary>
    public long Columns(int input) => Kernel.Inputs[input].Columns / Kernel.Heads;

    /// <summary>One launch with a thread for each element of the first result.</summary>
    /// <param name="operations">Operations for each.</param>
    /// <param name="reads">Elements read for each.</param>
    /// <param name="writes">Elements written for each.</param>
    public IEnumerable<GpuLaunch> EachElement(int operations, int reads, int writes = 1) => [LaunchShapes.Elements(Name, Elements, operations, reads, writes)];
}
