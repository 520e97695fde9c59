namespace TinT.Evaluation.Perplexity;

/// <summary>Student's t distribution.</summary>
internal static class StudentDistribution
{
    // P(t ≤ x) = 0.975 for 1 … 10 degrees of freedom; tables agree on these digits.
    private static readonly double[] Quantiles =
    [
        12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157, 2.228139,
    ];

    /// <summary>
    /// x with P(t ≤ x) = 0.975, to 1e-5: from the table up to 10 degrees of freedom, above by the Cornish–Fisher expansion
    /// (Abramowitz and Stegun, 26.7.5).
    /// </summary>
    /// <param name="degreesOfFreedom">At least 1.</param>
    public static double Quantile975(int degreesOfFreedom)
    {
        if (degreesOfFreedom <= Quantiles.Length)
            return Quantiles[degreesOfFreedom - 1];
        const double Z = 1.959963984540054;
        double v = degreesOfFreedom;
        double z3 = Z * Z * Z, z5 = z3 * Z * Z, z7 = z5 * Z * Z, z9 = z7 * Z * Z;
        return Z
            + ((z3 + Z) / (4 * v))
            + (((5 * z5) + (16 * z3) + (3 * Z)) / (96 * v * v))
            + (((3 * z7) + (19 * z5) + (17 * z3) - (15 * Z)) / (384 * v * v * v))
            + (((79 * z9) + (776 * z7) + (1482 * z5) - (1920 * z3) - (945 * Z)) / (92160 * v * v * v * v));
    }
}
