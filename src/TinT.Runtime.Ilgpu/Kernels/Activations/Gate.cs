using ILGPU;
using ILGPU.Algorithms;

namespace TinT.Runtime.Ilgpu.Kernels.Activations;

/// <summary>The logistic function, which gates a value: z σ(a).</summary>
internal static class Gate
{
    /// <summary>σ(a) = 1 / (1 + e⁻ᵃ), without overflow.</summary>
    public static float Logistic(float a)
    {
        float e = XMath.Exp(-IntrinsicMath.Abs(a));
        return (a < 0f ? e : 1f) / (1f + e);
    }

    /// <summary>N ((z + δ) σ(a + b) − z σ(a)), δ = g/N, = g σ(a + b) + N z (σ(a + b) − σ(a)); b is given, so that nothing cancels.</summary>
    public static float Difference(float z, float gradient, float taylorScale, float a, float b)
    {
        float sigma = Logistic(a);
        if (IntrinsicMath.Abs(b) > 0.5f)
        {
            // Far apart the gates are subtracted, on the side where both are small.
            float moved = Logistic(a + b);
            float change = a < 0f ? moved - sigma : Logistic(-a) - Logistic(-a - b);
            return (gradient * moved) + (taylorScale * change * z);
        }

        // e = eᵇ − 1 as a series; σ(a + b) = σ (1 + e) / (1 + σ e) and σ(a + b) − σ = σ σ(−a) e / (1 + σ e).
        float series = 1f + (b * (0.5f + (b * ((1f / 6f) + (b * ((1f / 24f) + (b * ((1f / 120f) + (b * ((1f / 720f) + (b / 5040f)))))))))));
        float e = b * series;
        float ratio = sigma / (1f + (sigma * e));
        return (gradient * ratio * (1f + e)) + (taylorScale * ratio * Logistic(-a) * e * z);
    }
}
