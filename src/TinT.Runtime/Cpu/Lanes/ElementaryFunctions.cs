using System.Runtime.CompilerServices;

namespace TinT.Runtime.Cpu.Lanes;

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
}
