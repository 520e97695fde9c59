using TinT.Compiler.Specs;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>The model's activation on GPUs.</summary>
internal static class ActivationText
{
    /// <summary>Its type in <c>TinT.Runtime.Ilgpu.Kernels.Activations</c>.</summary>
    public static string Type(CompiledModel model) => model.Spec.Auxiliary.Activation.Value switch
    {
        ActivationFunction.GeluTanh => "GeluTanh",
        ActivationFunction.Gelu => "Gelu",
        ActivationFunction.Relu => "Relu",
        ActivationFunction.Silu => "Silu",
        var other => throw new InvalidOperationException($"{other} has no GPU kernel."),
    };

    /// <summary>Its formula.</summary>
    public static string Formula(CompiledModel model) => model.Spec.Auxiliary.Activation.Value switch
    {
        ActivationFunction.GeluTanh => "z/2 (1 + tanh(sqrt(2/π) (z + 0.044715 z³)))",
        ActivationFunction.Gelu => "z Φ(z), Φ the normal distribution function",
        ActivationFunction.Relu => "max(z, 0)",
        ActivationFunction.Silu => "z / (1 + exp(−z))",
        var other => throw new InvalidOperationException($"{other} has no formula."),
    };
}
