using ILGPU.Algorithms;

namespace TinT.Runtime.Ilgpu.Kernels.Activations;

/// <summary>max(z, 0).</summary>
public readonly struct Relu : IActivation
{
    /// <inheritdoc/>
    public static float Value(float z) => XMath.Max(z, 0f);

    /// <inheritdoc/>
    /// <remarks>N (act(z + g/N) − act(z)), by the signs of z and z + g/N.</remarks>
    public static float Difference(float z, float gradient, float taylorScale)
    {
        float moved = (taylorScale * z) + gradient;
        if (z > 0f)
            return moved < 0f ? -(taylorScale * z) : gradient;
        return XMath.Max(moved, 0f);
    }
}
