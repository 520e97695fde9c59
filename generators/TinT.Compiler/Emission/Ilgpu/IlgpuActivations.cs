using TinT.Compiler.Layout;
using TinT.Compiler.Text;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>Writes the activation and its finite difference for the device: the same forms as on the CPU, without cancellation.</summary>
internal static class IlgpuActivations
{
    private const string Logistic =
        """
        /// <summary>σ(a) = 1 / (1 + e⁻ᵃ), without overflow.</summary>
        private static float Logistic(float a)
        {
            float e = XMath.Exp(-IntrinsicMath.Abs(a));
            return (a < 0f ? e : 1f) / (1f + e);
        }

        /// <summary>N ((z + δ) σ(a + b) − z σ(a)), δ = g/N, = g σ(a + b) + N z (σ(a + b) − σ(a)); b is given, so that nothing cancels.</summary>
        private static float GatedDifference(float z, float gradient, float a, float b)
        {
            float sigma = Logistic(a);
            if (IntrinsicMath.Abs(b) > 0.5f)
            {
                // Far apart the gates are subtracted, on the side where both are small.
                float moved = Logistic(a + b);
                float change = a < 0f ? moved - sigma : Logistic(-a) - Logistic(-a - b);
                return (gradient * moved) + (TaylorScale * change * z);
            }

            // e = eᵇ − 1 as a series; σ(a + b) = σ (1 + e) / (1 + σ e) and σ(a + b) − σ = σ σ(−a) e / (1 + σ e).
            float series = 1f + (b * (0.5f + (b * ((1f / 6f) + (b * ((1f / 24f) + (b * ((1f / 120f) + (b * ((1f / 720f) + (b / 5040f)))))))))));
            float e = b * series;
            float ratio = sigma / (1f + (sigma * e));
            return (gradient * ratio * (1f + e)) + (TaylorScale * ratio * Logistic(-a) * e * z);
        }
        """;

    private const string GeluTanh =
        """
        /// <summary>z/2 (1 + tanh(√(2/π) (z + 0.044715 z³))) = z σ(2 √(2/π) (z + 0.044715 z³)).</summary>
        private static float Activation(float z) => z * Logistic(Gate(z));

        /// <summary>N (act(z + g/N) − act(z)).</summary>
        private static float ActivationDifference(float z, float gradient)
        {
            float delta = gradient / TaylorScale;
            float limited = Limit(z);
            float inner = (3f * limited * (limited + delta)) + (delta * delta);
            float b = 1.59576912f * delta * (1f + (0.044715f * inner));
            return GatedDifference(z, gradient, Gate(z), b);
        }

        /// <summary>2 √(2/π) (z + 0.044715 z³).</summary>
        private static float Gate(float z)
        {
            float limited = Limit(z);
            return 1.59576912f * limited * (1f + (0.044715f * limited * limited));
        }

        /// <summary>Keeps the cube finite; beyond ±30 the gate is 0 or 1 by far.</summary>
        private static float Limit(float z) => XMath.Max(-30f, XMath.Min(30f, z));
        """;

    private const string Silu =
        """
        /// <summary>z / (1 + e⁻ᶻ).</summary>
        private static float Activation(float z) => z * Logistic(z);

        /// <summary>N (act(z + g/N) − act(z)).</summary>
        private static float ActivationDifference(float z, float gradient) => GatedDifference(z, gradient, z, gradient / TaylorScale);
        """;

    private const string Relu =
        """
        /// <summary>max(z, 0).</summary>
        private static float Activation(float z) => XMath.Max(z, 0f);

        /// <summary>N (act(z + g/N) − act(z)), by the signs of z and z + g/N.</summary>
        private static float ActivationDifference(float z, float gradient)
        {
            float moved = (TaylorScale * z) + gradient;
            if (z > 0f)
                return moved < 0f ? -(TaylorScale * z) : gradient;
            return XMath.Max(moved, 0f);
        }
        """;

    private const string Gelu =
        """
        /// <summary>z Φ(z), Φ the distribution function of the normal distribution.</summary>
        private static float Activation(float z) => z * Distribution(z);

        /// <summary>N ((z + δ) Φ(z + δ) − z Φ(z)), δ = g/N, = g Φ(z + δ) + N z (Φ(z + δ) − Φ(z)).</summary>
        private static float ActivationDifference(float z, float gradient)
        {
            float delta = gradient / TaylorScale;
            float change;
            if (IntrinsicMath.Abs(delta) > 0.125f)
                change = z < 0f ? Distribution(z + delta) - Distribution(z) : Distribution(-z) - Distribution(-z - delta);
            else
                change = NearChange(z, delta);
            return (gradient * Distribution(z + delta)) + (TaylorScale * change * z);
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
        """;

    public static void Write(CodeWriter code, CompiledModel model) => code.Line(model.Spec.Auxiliary.Activation.Value.Name switch
    {
        "gelu_new" => GeluTanh + "\n\n" + Logistic,
        "gelu" => Gelu,
        "relu" => Relu,
        "silu" => Silu + "\n\n" + Logistic,
        string name => throw new NotSupportedException($"There is no device code of the activation {name}."),
    });

    /// <summary>The activation's formula.</summary>
    public static string Formula(CompiledModel model) => model.Spec.Auxiliary.Activation.Value.Formula;
}
