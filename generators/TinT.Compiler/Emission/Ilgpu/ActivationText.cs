using TinT.Compiler.Layout;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>The model's activation on GPUs.</summary>
internal static class ActivationText
{
    /// <summary>Its type in <c>TinT.Runtime.Ilgpu.Kernels.Activations</c>.</summary>
    public static string Type(CompiledModel model) => model.Spec.Auxiliary.Activation.Value.TypeName;

    /// <summary>Its formula.</summary>
    public static string Formula(CompiledModel model) => model.Spec.Auxiliary.Activation.Value.Formula;
}
