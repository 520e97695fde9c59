using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Tiles;

namespace TinT.Runtime.Cpu.Functions;

/// <summary>Elementary functions over vectors.</summary>
internal static class ElementaryFunctions
{
    private const float LogTwoReciprocal = 1.44269504f;

    // ln 2 in two parts; products of the first with whole numbers up to 2¹¹ are exact.
    private const float LogTwoHigh = 0.693359375f;
    private const float LogTwoLow = -2.12194440e-4f;

    /// <summary>eˣ: at most 1.1 units in the last place off (measured; tested for 2), 0 below −104, ∞ above 89.</summary>
    /// <remarks>x = n ln 2 + r, |r| ≤ ½ ln 2; eʳ = 1 + r + r² q(r), q a Chebyshev fit of degree 4 (relative error of eʳ 1.0e-8).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Exp<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        // The limits come first so that a NaN in x stays one.
        x = TLanes.Max(TLanes.Broadcast(-110f), TLanes.Min(TLanes.Broadcast(90f), x));
        TLanes n = TLanes.Round(x * TLanes.Broadcast(LogTwoReciprocal));
        TLanes r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-LogTwoHigh), x);
        r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-LogTwoLow), r);

        TLanes q = TLanes.Broadcast(0.00139336884f);
        q = TLanes.MultiplyAdd(q, r, TLanes.Broadcast(0.00836320547f));
        q = TLanes.MultiplyAdd(q, r, TLanes.Broadcast(0.0416664646f));
        q = TLanes.MultiplyAdd(q, r, TLanes.Broadcast(0.166665768f));
        q = TLanes.MultiplyAdd(q, r, TLanes.Broadcast(0.5f));
        TLanes p = TLanes.MultiplyAdd(q, r * r, r) + TLanes.Broadcast(1f);
        return TLanes.ScaleByPowerOfTwo(p, n);
    }

    /// <summary>eᵇ − 1 for |b| ≤ ½, to a relative 2⁻²³.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes ExpMinusOneNearZero<TLanes>(TLanes b)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes p = TLanes.Broadcast(1f / 40320f);
        p = TLanes.MultiplyAdd(p, b, TLanes.Broadcast(1f / 5040f));
        p = TLanes.MultiplyAdd(p, b, TLanes.Broadcast(1f / 720f));
        p = TLanes.MultiplyAdd(p, b, TLanes.Broadcast(1f / 120f));
        p = TLanes.MultiplyAdd(p, b, TLanes.Broadcast(1f / 24f));
        p = TLanes.MultiplyAdd(p, b, TLanes.Broadcast(1f / 6f));
        p = TLanes.MultiplyAdd(p, b, TLanes.Broadcast(0.5f));
        return TLanes.MultiplyAdd(p * b, b, b);
    }

    /// <summary>The logistic function σ(a) and its complement σ(−a) = 1 − σ(a), neither with cancellation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Logistic<TLanes>(TLanes a, out TLanes sigma, out TLanes complement)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes e = Exp(-TLanes.Abs(a));
        TLanes large = TLanes.Broadcast(1f) / (TLanes.Broadcast(1f) + e);
        TLanes small = e * large;
        sigma = TLanes.SelectLess(a, TLanes.Zero, small, large);
        complement = TLanes.SelectLess(a, TLanes.Zero, large, small);
    }

    /// <summary>φ(y) = exp(−y²/2) / √(2π), the rounding error of y² included in the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes NormalDensity<TLanes>(TLanes y)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes square = y * y;
        TLanes error = TLanes.MultiplyAdd(y, y, -square);
        TLanes density = Exp(square * TLanes.Broadcast(-0.5f)) * TLanes.Broadcast(0.398942280f);
        return TLanes.MultiplyAdd(density * error, TLanes.Broadcast(-0.5f), density);
    }

    /// <summary>Φ(z), the distribution function of the normal distribution, and its complement Φ(−z), neither with cancellation.</summary>
    /// <remarks>Φ(−y) = φ(y) R(y) for y ≥ 0; Mills' ratio R(y) = t P(t), t = 1 / (1 + 0.21 y), P a Chebyshev fit of degree 8 (relative error 2.3e-8).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Normal<TLanes>(TLanes z, out TLanes distribution, out TLanes complement)
        where TLanes : struct, ILanes<TLanes>
    {
        // Beyond 14.4 the tail is below the smallest float.
        TLanes y = TLanes.Min(TLanes.Broadcast(14.4f), TLanes.Abs(z));
        TLanes t = TLanes.Broadcast(1f) / TLanes.MultiplyAdd(y, TLanes.Broadcast(0.21f), TLanes.Broadcast(1f));
        TLanes x = (t - TLanes.Broadcast(0.623609394f)) * TLanes.Broadcast(2.65681445f);
        TLanes p = TLanes.Broadcast(-7.24636761e-05f);
        p = TLanes.MultiplyAdd(p, x, TLanes.Broadcast(-0.000198538731f));
        p = TLanes.MultiplyAdd(p, x, TLanes.Broadcast(0.000908347281f));
        p = TLanes.MultiplyAdd(p, x, TLanes.Broadcast(0.00864515803f));
        p = TLanes.MultiplyAdd(p, x, TLanes.Broadcast(0.036099997f));
        p = TLanes.MultiplyAdd(p, x, TLanes.Broadcast(0.102943503f));
        p = TLanes.MultiplyAdd(p, x, TLanes.Broadcast(0.222112183f));
        p = TLanes.MultiplyAdd(p, x, TLanes.Broadcast(0.376438351f));
        p = TLanes.MultiplyAdd(p, x, TLanes.Broadcast(0.50643759f));
        TLanes small = NormalDensity(y) * t * p;
        TLanes large = TLanes.Broadcast(1f) - small;
        distribution = TLanes.SelectLess(z, TLanes.Zero, small, large);
        complement = TLanes.SelectLess(z, TLanes.Zero, large, small);
    }
}
