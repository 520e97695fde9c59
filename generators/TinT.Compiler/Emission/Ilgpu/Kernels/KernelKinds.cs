using TinT.Compiler.Lowering;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>The kinds of kernels that GPU code has.</summary>
internal static class KernelKinds
{
    /// <summary>What there is of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <exception cref="InvalidOperationException">There is no GPU kernel of this kind.</exception>
    public static IKernelKind Of(KernelKind kind) => kind switch
    {
        KernelKind.Embed => new EmbedKernel(),
        KernelKind.Copy => new CopyKernel(),
        KernelKind.Add => new AddKernel(),
        KernelKind.Normalize or KernelKind.Norm => new NormKernel(),
        KernelKind.NormBackward => new NormBackwardKernel(),
        KernelKind.Linear => new LinearKernel(),
        KernelKind.LinearBackward => new LinearBackwardKernel(),
        KernelKind.LinearDescent => new LinearDescentKernel(),
        KernelKind.LinearAttention => new LinearAttentionKernel(),
        KernelKind.BiasDescent => new BiasDescentKernel(),
        KernelKind.GainDescent => new GainDescentKernel(),
        KernelKind.Activation => new ActivationKernel(),
        KernelKind.ActivationBackward => new ActivationBackwardKernel(),
        KernelKind.Gate => new GateKernel(),
        KernelKind.GateBackward => new GateBackwardKernel(),
        KernelKind.Rotate or KernelKind.RotateBackward => new RotateKernel(),
        KernelKind.SumGroups => new SumGroupsKernel(),
        KernelKind.Attention => new AttentionKernel(),
        KernelKind.AttentionBackward => new AttentionBackwardKernels(),
        KernelKind.Head => new HeadKernels(),
        _ => throw new InvalidOperationException($"{kind} has no GPU kernel."),
    };
}
