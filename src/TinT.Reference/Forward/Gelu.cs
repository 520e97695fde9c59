using System.Numerics;

namespace TinT.Reference.Forward;

/// <summary>act(z) = z Φ(z), Φ(z) = (1 + erf(z/√2)) / 2; computed in double.</summary>
internal sealed class Gelu<T> : ActivationFunction<T>
    where T : IFloatingPointIeee754<T>
{
    public override void Apply(ReadOnlySpan<T> z, Span<T> s)
    {
        for (int index = 0; index < z.Length; index++)
        {
            double argument = double.CreateTruncating(z[index]);
            s[index] = T.CreateTruncating(argument * NormalDistribution(argument));
        }
    }

    /// <summary>Φ(z) + z exp(−z²/2) / √(2π).</summary>
    public override void Differentiate(ReadOnlySpan<T> z, Span<T> d)
    {
        for (int index = 0; index < z.Length; index++)
        {
            double argument = double.CreateTruncating(z[index]);
            double density = Math.Exp(-argument * argument / 2) / Math.Sqrt(2 * Math.PI);
            d[index] = T.CreateTruncating(NormalDistribution(argument) + argument * density);
        }
    }

    private static double NormalDistribution(double z) => (1 + ErrorFunction.Evaluate(z / Math.Sqrt(2))) / 2;
}
