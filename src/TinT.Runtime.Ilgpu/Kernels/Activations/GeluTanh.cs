using ILGPU.Algorithms;

namespace TinT.Runtime.Ilgpu.Kernels.Activations;

/// <summary>z/2 (1 + tanh(√(2/π) (z + 0.044715 z³))) = z σ(2 √(2/π) (z + 0.044715 z³)).</summary>
public readonly struct GeluTanh : IActivation
{
    /// <inheritdoc/>
    public static float Value(float z) => z * Gate.Logistic(Inner(z));

    /// <inheritdoc/>
    public static float Difference(float z, float gradient, float taylorScale)
    {
        float delta = gradient / taylorScale;
        float limited = Limit(z);
        float inner = (3f * limited * (limited + delta)) + (delta * delta);
        float b = 1.59576912f * delta * (1f + (0.044715f * inner));
        return Gate.Difference(z, gradient, taylorScale, Inner(z), b);
    }

    /// <summary>2 √(2/π) (z + 0.044715 z³).</summary>
    private static float Inner(float z)
    {
        float limited = Limit(z);
        return 1.59576912f * limited * (1f + (0.044715f * limited * limited));
    }

    /// <summary>Keeps the cube finite; beyond ±30 the gate is 0 or 1 by far.</summary>
    private static float Limit(float z) => XMath.Max(-30f, XMath.Min(30f, z));
}
