namespace TinT.Reference.Forward;

/// <summary>The Gauss error function in double precision.</summary>
internal static class ErrorFunction
{
    /// <summary>Where the series needs as many terms as the continued fraction.</summary>
    private const double SeriesLimit = 2.5;

    /// <summary>From here on 1 − erf is below half a unit in the last place of 1.</summary>
    private const double SaturationLimit = 6;

    /// <summary>erf x = 2/√π ∫₀ˣ exp(−s²) ds.</summary>
    /// <param name="x">The argument.</param>
    /// <returns>The value, correct to a few units in the last place.</returns>
    public static double Evaluate(double x)
    {
        double size = Math.Abs(x);
        if (double.IsNaN(x))
            return x;
        if (size >= SaturationLimit)
            return Math.CopySign(1, x);
        return size < SeriesLimit ? Series(x) : Math.CopySign(1 - ComplementFraction(size), x);
    }

    /// <summary>erf x = 2/√π exp(−x²) Σ_n 2ⁿ x²ⁿ⁺¹ / (1·3·5 … (2n+1)): all terms have one sign, so nothing cancels.</summary>
    private static double Series(double x)
    {
        double term = x;
        double sum = x;
        for (int n = 1; Math.Abs(term) > Math.Abs(sum) * 1e-17; n++)
        {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    /// <summary>erfc x = exp(−x²)/√π / (x + ½/(x + 1/(x + ³⁄₂/(x + 2/(x + …))))), evaluated from the tail.</summary>
    private static double ComplementFraction(double x)
    {
        // 80 levels leave less than 1e-17 from x = 2.5 on, where erfc itself is 4e-4.
        const int Levels = 80;
        double fraction = x;
        for (int level = Levels; level > 0; level--)
            fraction = x + level / 2.0 / fraction;
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction;
    }
}
