using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using static TinT.Compiler.Emission.Identifiers;

namespace TinT.Compiler.Emission;

/// <summary>What kernels and their parameters are called in generated code.</summary>
internal static class KernelNames
{
    /// <summary>Name of the kernel; kernels of one name have one body.</summary>
    public static string Of(Kernel kernel) => kernel.Kind switch
    {
        KernelKind.Embed => "Embed",
        KernelKind.Copy => "CopyRows",
        KernelKind.Normalize => "Normalize",
        KernelKind.LayerNorm => "LayerNormForward",
        KernelKind.Add => "AddRows",
        KernelKind.Attention => "AttentionForward",
        KernelKind.Activation => "ActivationForward",
        KernelKind.Head => "Head",
        KernelKind.ActivationBackward => "ActivationBackward",
        KernelKind.NormBackward => kernel.Residual is null ? "LayerNormBackward" : "LayerNormBackwardAdd",
        KernelKind.AttentionBackward => "AttentionBackward",
        KernelKind.Linear => Stem(kernel) + "Forward",
        KernelKind.LinearBackward => Stem(kernel) + "Backward",
        KernelKind.LinearDescent => Stem(kernel) + "Descent",
        KernelKind.BiasDescent => Stem(kernel) + "BiasDescent",
        KernelKind.LinearAttention => Stem(kernel) + (kernel.Transposed ? "BackwardDual" : "ForwardDual"),
        _ => throw new InvalidOperationException($"{kernel.Kind} has no name in generated code."),
    };

    /// <summary>Property with the weight or gain that a kernel reads.</summary>
    public static string Weight(Kernel kernel) => Pascal(PlanParameters.WeightName(kernel));

    /// <summary>Property with the bias that a kernel reads.</summary>
    public static string Bias(Kernel kernel) => Pascal(PlanParameters.BiasName(kernel));

    /// <summary>AttentionQueryKey for attention.query_key.weight; Norm1Gain for the gain of a norm as a matrix.</summary>
    private static string Stem(Kernel kernel)
    {
        const string weight = ".weight";
        string name = kernel.Kind == KernelKind.BiasDescent
            ? PlanParameters.BiasName(kernel).Replace(".bias", string.Empty)
            : PlanParameters.WeightName(kernel);
        return Pascal(name.EndsWith(weight, StringComparison.Ordinal) ? name.Substring(0, name.Length - weight.Length) : name);
    }
}
