using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace TinT.Runtime.Formulas;

/// <summary>The logistic and the normal distribution, from exponentials.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Distributions
{
    private const double DensityAtZero = 0.398942280401432678;

    /// <summary>σ(x) and σ(−x) = 1 − σ(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Distribution<T> Logistic<T>(T x)
        where T : struct, IReal<T>
    {
        T e = T.Exp(-T.Abs(x));
        T large = T.Constant(1) / (T.Constant(1) + e);
        T small = e * large;
        return new(T.SelectLess(x, T.Constant(0), small, large), T.SelectLess(x, T.Constant(0), large, small));
    }

    /// <summary>φ(y) = exp(−y²/2) / √(2π), the rounding error of y² included in the result where multiplications and additions fuse.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T NormalDensity<T>(T y)
        where T : struct, IReal<T>
    {
        T square = y * y;
        T error = T.MultiplyAdd(y, y, -square);
        T density = T.Exp(square * T.Constant(-0.5)) * T.Constant(DensityAtZero);
        return T.MultiplyAdd(density * error, T.Constant(-0.5), density);
    }

    /// <summary>Φ(z) and Φ(−z) in single precision.</summary>
    /// <remarks>Φ(−y) = φ(y) R(y) for y ≥ 0; Mills' ratio R(y) = t P(t), t = 1 / (1 + 0.21 y), P a Chebyshev fit of degree 8 (relative error 2.3e-8).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Distribution<T> NormalInSinglePrecision<T>(T z)
        where T : struct, IReal<T>
    {
        // Beyond 14.4 the tail is below the smallest float.
        T y = T.Min(T.Constant(14.4), T.Abs(z));
        T t = T.Constant(1) / T.MultiplyAdd(y, T.Constant(0.21), T.Constant(1));
        T x = (t - T.Constant(0.623609394)) * T.Constant(2.65681445);
        T p = T.Constant(-7.24636761e-05);
        p = T.MultiplyAdd(p, x, T.Constant(-0.000198538731));
        p = T.MultiplyAdd(p, x, T.Constant(0.000908347281));
        p = T.MultiplyAdd(p, x, T.Constant(0.00864515803));
        p = T.MultiplyAdd(p, x, T.Constant(0.036099997));
        p = T.MultiplyAdd(p, x, T.Constant(0.102943503));
        p = T.MultiplyAdd(p, x, T.Constant(0.222112183));
        p = T.MultiplyAdd(p, x, T.Constant(0.376438351));
        p = T.MultiplyAdd(p, x, T.Constant(0.50643759));
        T small = NormalDensity(y) * t * p;
        T large = T.Constant(1) - small;
        return new(T.SelectLess(z, T.Constant(0), small, large), T.SelectLess(z, T.Constant(0), large, small));
    }

    /// <summary>Φ(z) and Φ(−z) in double precision, correct to a few units in the last place: a series near 0, a continued fraction beyond.</summary>
    /// <param name="z">The argument.</param>
    public static Distribution<double> Normal(double z)
    {
        double y = Math.Abs(z);
        double density = Math.Exp(-y * y / 2) * DensityAtZero;

        // Below 2.5 the subtraction from ½ loses less than three digits of sixteen.
        double small = y < 2.5 ? 0.5 - (density * InsideSeries(y)) : density / TailFraction(y);
        double large = 1 - small;
        return z < 0 ? new(small, large) : new(large, small);
    }

    /// <summary>(Φ(y) − ½) / φ(y) = Σ y²ⁿ⁺¹ / (1 · 3 · 5 … (2n + 1)): all terms have one sign, so nothing cancels.</summary>
    private static double InsideSeries(double y)
    {
        double term = y;
        double sum = y;
        for (int odd = 3; term > sum * 1e-17; odd += 2)
        {
            term *= y * y / odd;
            sum += term;
        }

        return sum;
    }

    /// <summary>φ(y) / Φ(−y) = y + 1/(y + 2/(y + 3/(y + …))), evaluated from the tail; 200 levels leave less than 1e-16 from 2.5 on.</summary>
    private static double TailFraction(double y)
    {
        double fraction = y;
        for (int level = 200; level > 0; level--)
            fraction = y + (level / fraction);
        return fraction;
    }
}
