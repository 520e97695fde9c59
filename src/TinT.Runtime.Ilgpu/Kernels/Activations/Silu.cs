namespace TinT.Runtime.Ilgpu.Kernels.Activations;

/// <summary>z / (1 + e⁻ᶻ).</summary>
public readonly struct Silu : IActivation
{
    /// <inheritdoc/>
    public static float Value(float z) => z * Gate.Logistic(z);

    /// <inheritdoc/>
    public static float Difference(float z, float gradient, float taylorScale) => Gate.Difference(z, gradient, taylorScale, z, gradient / taylorScale);
}
