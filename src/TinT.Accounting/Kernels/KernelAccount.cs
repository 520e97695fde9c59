using TinT.Accounting.Launches;
using TinT.Compiler.Lowering;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Accounting.Kernels;

/// <summary>
/// What one kind of kernel costs: its operations, what it reads of parameters, its working memory, its launches on a GPU. A new kind is a file with its account
/// and a line in <see cref="Of"/>.
/// </summary>
internal abstract class KernelAccount
{
    /// <summary>Whether it reads a matrix of weights, which may be stored in 16 bits and may have an updated copy.</summary>
    public virtual bool ReadsMatrix => false;

    /// <summary>Whether all parameters that it reads are matrices that never have an updated copy.</summary>
    public virtual bool ReadsTables => false;

    /// <summary>Whether it reads and writes every operand once, with as many rows as the pass has; if not, <see cref="Work"/> says what it moves.</summary>
    public virtual bool MovesOperands => true;

    /// <summary>The account of a kernel.</summary>
    /// <param name="kind">Its kind.</param>
    public static KernelAccount Of(KernelKind kind) => kind switch
    {
        KernelKind.Embed => EmbedAccount.Instance,
        KernelKind.Copy => CopyAccount.Instance,
        KernelKind.Normalize => NormalizeAccount.Instance,
        KernelKind.Norm => NormAccount.Instance,
        KernelKind.Linear => LinearAccount.Instance,
        KernelKind.Add => AddAccount.Instance,
        KernelKind.Attention => AttentionAccount.Instance,
        KernelKind.Rotate or KernelKind.RotateBackward => RotateAccount.Instance,
        KernelKind.Gate => GateAccount.Instance,
        KernelKind.GateBackward => GateBackwardAccount.Instance,
        KernelKind.SumGroups => SumGroupsAccount.Instance,
        KernelKind.Activation => ActivationAccount.Instance,
        KernelKind.Head => HeadAccount.Instance,
        KernelKind.LinearBackward => LinearBackwardAccount.Instance,
        KernelKind.LinearDescent => LinearDescentAccount.Instance,
        KernelKind.BiasDescent => BiasDescentAccount.Instance,
        KernelKind.GainDescent => GainDescentAccount.Instance,
        KernelKind.LinearAttention => LinearAttentionAccount.Instance,
        KernelKind.ActivationBackward => ActivationBackwardAccount.Instance,
        KernelKind.NormBackward => NormBackwardAccount.Instance,
        KernelKind.AttentionBackward => AttentionBackwardAccount.Instance,
        _ => throw new NotSupportedException($"The accounting does not know what a kernel of the kind {kind} costs."),
    };

    /// <summary>Operations and parameters of a call.</summary>
    public abstract OperationCost Work(KernelRun run);

    /// <summary>Working memory of a call.</summary>
    public virtual ScratchSize Scratch(KernelRun run, ScratchRun memory) => default;

    /// <summary>Launches of a call on a GPU, with what is fused to it.</summary>
    /// <exception cref="NotSupportedException">Such a kernel is not one that GPUs run.</exception>
    public virtual IEnumerable<GpuLaunch> Launches(LaunchRun run) =>
        throw new NotSupportedException($"The accounting does not know what a GPU kernel of the kind {run.Kernel.Kind} costs.");
}
