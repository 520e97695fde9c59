using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>
/// What code for processors has to know of one kind of kernel: its name, when it is called for each sequence, its call, its body, its shapes. A new kind
/// is a file with its form and a line in <see cref="Of"/>.
/// </summary>
internal abstract class KernelForm
{
    /// <summary>Whether it adds any buffer to its output while it writes it.</summary>
    public virtual bool AddsResidual => false;

    /// <summary>The form of a kernel.</summary>
    /// <param name="kind">Its kind.</param>
    public static KernelForm Of(KernelKind kind) => kind switch
    {
        KernelKind.Embed => Embed.Form,
        KernelKind.Copy => CopyRows.Form,
        KernelKind.Normalize => Normalize.Form,
        KernelKind.Norm => Norm.Form,
        KernelKind.Rotate or KernelKind.RotateBackward => Rotate.Form,
        KernelKind.Gate => Gate.Form,
        KernelKind.GateBackward => GateBackward.Form,
        KernelKind.SumGroups => SumGroups.Form,
        KernelKind.Linear => Linear.Form,
        KernelKind.Add => AddRows.Form,
        KernelKind.Attention => Attention.Form,
        KernelKind.Activation => Activation.Form,
        KernelKind.Head => Head.Form,
        KernelKind.LinearBackward => LinearBackward.Form,
        KernelKind.LinearDescent => LinearDescent.Form,
        KernelKind.BiasDescent => BiasDescent.Form,
        KernelKind.GainDescent => GainDescent.Form,
        KernelKind.LinearAttention => LinearAttention.Form,
        KernelKind.ActivationBackward => ActivationBackward.Form,
        KernelKind.NormBackward => NormBackward.Form,
        KernelKind.AttentionBackward => AttentionBackward.Form,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Its name in generated code; kernels of one name have one body.</summary>
    public abstract string NameOf(Kernel kernel);

    /// <summary>
    /// Whether it is called for each sequence: what reads or writes something that every sequence has for itself, be it ids, scores or updates, and
    /// backwards what reads rows of all tokens. Products with weights and sums are not, and the head sees to its sequences itself.
    /// </summary>
    public abstract bool IsPerSequence(CpuCall call);

    /// <summary>Its call, a statement.</summary>
    public abstract string Call(CpuCall call);

    /// <summary>Its body with its documentation.</summary>
    public abstract void Write(CodeWriter code, CompiledModel model, Kernel kernel);

    /// <summary>What is wrong with the shapes of its operands, in a sentence; <see langword="null"/> if nothing is.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="parameter">A parameter by its name.</param>
    public virtual string? ShapeMistake(Kernel kernel, Func<string, Parameter> parameter) => null;
}
