namespace TinT.Agreement.Comparison;

/// <summary>A distance with the most it may be.</summary>
/// <param name="Error">The distance.</param>
/// <param name="Tolerance">The most it may be.</param>
/// <param name="Where">Where it is largest; empty if it is of everything together.</param>
public sealed record Measure(double Error, double Tolerance, string Where = "")
{
    /// <summary>Whether the tolerance holds; it does not for NaN.</summary>
    public bool Holds => Error <= Tolerance;

    /// <summary>How much of the tolerance is used up, above 1 if it is broken; infinite for NaN.</summary>
    public double Share => Error == 0 ? 0 : double.IsNaN(Error / Tolerance) ? double.PositiveInfinity : Error / Tolerance;
}
