using System.ComponentModel;
using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Functions;
using TinT.Runtime.Cpu.Tiles;

namespace TinT.Runtime.Cpu;

/// <summary>GELU in its exact form: z Φ(z), Φ the distribution function of the normal distribution.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Gelu : IActivation, ILaneActivation
{
    /// <inheritdoc/>
    public static void Forward(ReadOnlySpan<float> z, Span<float> s) =>
        Elementwise.Forward<Gelu>(z, s, VectorWidths.Widest);

    /// <inheritdoc/>
    public static void Difference(ReadOnlySpan<float> z, ReadOnlySpan<float> gradient, float taylorScale, Span<float> result) =>
        Elementwise.Difference<Gelu>(z, gradient, taylorScale, result, VectorWidths.Widest);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TLanes ILaneActivation.Value<TLanes>(TLanes z)
    {
        ElementaryFunctions.Normal(z, out TLanes distribution, out _);
        return z * distribution;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TLanes ILaneActivation.Difference<TLanes>(TLanes z, TLanes gradient, TLanes taylorScale)
    {
        // N ((z + δ) Φ(z + δ) − z Φ(z)) = g Φ(z + δ) + N z (Φ(z + δ) − Φ(z)).
        TLanes delta = gradient / taylorScale;
        ElementaryFunctions.Normal(z + delta, out TLanes distribution, out TLanes complement);
        TLanes change = NearChange(z, delta);
        TLanes limit = TLanes.Broadcast(0.125f);
        if (TLanes.AnyLess(limit, TLanes.Abs(delta)))
        {
            ElementaryFunctions.Normal(z, out TLanes oldDistribution, out TLanes oldComplement);
            TLanes far = TLanes.SelectLess(z, TLanes.Zero, distribution - oldDistribution, oldComplement - complement);
            change = TLanes.SelectLess(limit, TLanes.Abs(delta), far, change);
        }

        return TLanes.MultiplyAdd(gradient, distribution, taylorScale * change * z);
    }

    /// <summary>
    /// Φ(z + δ) − Φ(z) for |δ| ≤ ⅛: the integral of φ about the midpoint m, h = δ/2, is
    /// δ φ(m) Σ He₂ₖ(m) h²ᵏ / (2k + 1)!, He the Hermite polynomials.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes NearChange<TLanes>(TLanes z, TLanes delta)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes h = delta * TLanes.Broadcast(0.5f);

        // Beyond ±14.4 the density is 0 in float.
        TLanes m = TLanes.Max(TLanes.Broadcast(-14.4f), TLanes.Min(TLanes.Broadcast(14.4f), z + h));
        TLanes m2 = m * m;
        TLanes h2 = h * h;
        TLanes he2 = m2 - TLanes.Broadcast(1f);
        TLanes he4 = TLanes.MultiplyAdd(m2 - TLanes.Broadcast(6f), m2, TLanes.Broadcast(3f));
        TLanes he6 = TLanes.MultiplyAdd(TLanes.MultiplyAdd(m2 - TLanes.Broadcast(15f), m2, TLanes.Broadcast(45f)), m2, TLanes.Broadcast(-15f));
        TLanes series = TLanes.MultiplyAdd(he6 * TLanes.Broadcast(1f / 5040f), h2, he4 * TLanes.Broadcast(1f / 120f));
        series = TLanes.MultiplyAdd(series, h2, he2 * TLanes.Broadcast(1f / 6f));
        series = TLanes.MultiplyAdd(series, h2, TLanes.Broadcast(1f));
        return delta * ElementaryFunctions.NormalDensity(m) * series;
    }
}
