namespace TinT.Runtime.Tests.Cpu;

/// <summary>Activation functions in double, as defined.</summary>
internal static class ActivationYardstick
{
    public static double Relu(double z) => Math.Max(z, 0);

    public static double Silu(double z) => z / (1 + Math.Exp(-z));

    public static double QuickGelu(double z) => z / (1 + Math.Exp(-1.702 * z));

    /// <summary>z/2 (1 + tanh u) = z / (1 + e⁻²ᵘ).</summary>
    public static double GeluTanh(double z) => z / (1 + Math.Exp(-2 * Math.Sqrt(2 / Math.PI) * (z + (0.044715 * z * z * z))));

    public static double Gelu(double z) => z * Normal(z);

    /// <summary>Distribution function of the normal distribution: the series of the error function near 0, its continued fraction beyond.</summary>
    public static double Normal(double z)
    {
        double y = Math.Abs(z);
        double density = Math.Exp(-y * y / 2) / Math.Sqrt(2 * Math.PI);
        if (y < 4)
        {
            double term = y;
            double sum = y;
            for (int odd = 3; term > 1e-20 * sum; odd += 2)
            {
                term *= y * y / odd;
                sum += term;
            }

            double inside = density * sum;
            return z < 0 ? Tail(y, inside, density) : 0.5 + inside;
        }

        double tail = Fraction(y, density);
        return z < 0 ? tail : 1 - tail;
    }

    // Up to 2.5 the subtraction loses less than three digits of sixteen; the fraction converges well beyond.
    private static double Tail(double y, double inside, double density) => y < 2.5 ? 0.5 - inside : Fraction(y, density);

    private static double Fraction(double y, double density)
    {
        double fraction = y;
        for (int depth = 400; depth >= 1; depth--)
            fraction = y + (depth / fraction);
        return density / fraction;
    }
}
