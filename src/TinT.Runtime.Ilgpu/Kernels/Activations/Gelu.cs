using ILGPU;
using ILGPU.Algorithms;

namespace TinT.Runtime.Ilgpu.Kernels.Activations;

/// <summary>z Φ(z), Φ the distribution function of the normal distribution.</summary>
public readonly struct Gelu : IActivation
{
    /// <inheritdoc/>
    public static float Value(float z) => z * Distribution(z);

    /// <inheritdoc/>
    /// <remarks>N ((z + δ) Φ(z + δ) − z Φ(z)), δ = g/N, = g Φ(z + δ) + N z (Φ(z + δ) − Φ(z)).</remarks>
    public static float Difference(float z, float gradient, float taylorScale)
    {
        float delta = gradient / taylorScale;
        float change;
        if (IntrinsicMath.Abs(delta) > 0.125f)
            change = z < 0f ? Distribution(z + delta) - Distribution(z) : Distribution(-z) - Distribution(-z - delta);
        else
            change = NearChange(z, delta);
        return (gradient * Distribution(z + delta)) + (taylorScale * change * z);
    }

    /// <summary>Φ(z + δ) − Φ(z): the integral of the density about the midpoint m, δ φ(m) Σ He₂ₖ(m) h²ᵏ / (2k + 1)!, h = δ/2.</summary>
    private static float NearChange(float z, float delta)
    {
        float h = 0.5f * delta;
        float m = XMath.Max(-14.4f, XMath.Min(14.4f, z + h));
        float m2 = m * m;
        float h2 = h * h;
        float he2 = m2 - 1f;
        float he4 = ((m2 - 6f) * m2) + 3f;
        float he6 = ((((m2 - 15f) * m2) + 45f) * m2) - 15f;
        float series = 1f + (h2 * ((he2 / 6f) + (h2 * ((he4 / 120f) + (h2 * he6 / 5040f)))));
        return delta * 0.398942280f * XMath.Exp(-0.5f * m2) * series;
    }

    /// <summary>Φ(z). Φ(−y) = φ(y) R(y) for y ≥ 0; Mills' ratio R(y) = t P(t), t = 1 / (1 + 0.21 y), P a Chebyshev fit (relative error 2.3e-8).</summary>
    private static float Distribution(float z)
    {
        float y = XMath.Min(14.4f, IntrinsicMath.Abs(z));
        float t = 1f / (1f + (0.21f * y));
        float u = (t - 0.623609394f) * 2.65681445f;
        float p = -7.24636761e-05f;
        p = (p * u) - 0.000198538731f;
        p = (p * u) + 0.000908347281f;
        p = (p * u) + 0.00864515803f;
        p = (p * u) + 0.036099997f;
        p = (p * u) + 0.102943503f;
        p = (p * u) + 0.222112183f;
        p = (p * u) + 0.376438351f;
        p = (p * u) + 0.50643759f;
        float tail = 0.398942280f * XMath.Exp(-0.5f * y * y) * t * p;
        return z < 0f ? tail : 1f - tail;
    }
}
