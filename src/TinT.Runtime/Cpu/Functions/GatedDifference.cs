using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Tiles;

namespace TinT.Runtime.Cpu.Functions;

/// <summary>Differences of z σ(a(z)), the form of SiLU and of GELU with tanh.</summary>
internal static class GatedDifference
{
    /// <summary>N · ((z + δ) σ(a + b) − z σ(a)) with δ = g/N.</summary>
    /// <param name="z">Argument.</param>
    /// <param name="gradient">g.</param>
    /// <param name="taylorScale">N.</param>
    /// <param name="a">Argument of the gate at z.</param>
    /// <param name="moved">Argument of the gate at z + δ.</param>
    /// <param name="b">moved − a, computed without cancellation.</param>
    /// <remarks>
    /// = g σ(a + b) + N z (σ(a + b) − σ(a)). With E = eᵇ − 1 the difference of the gates is σ(a) σ(−a) E / (1 + σ(a) E) and the
    /// gate σ(a + b) is σ(a) (1 + E) / (1 + σ(a) E). For |b| > ½ the gates are subtracted, on the side where both are small.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Compute<TLanes>(TLanes z, TLanes gradient, TLanes taylorScale, TLanes a, TLanes moved, TLanes b)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes one = TLanes.Broadcast(1f);
        TLanes half = TLanes.Broadcast(0.5f);
        ElementaryFunctions.Logistic(a, out TLanes sigma, out TLanes complement);

        TLanes e = ElementaryFunctions.ExpMinusOneNearZero(TLanes.Max(-half, TLanes.Min(half, b)));
        TLanes ratio = one / TLanes.MultiplyAdd(sigma, e, one);
        TLanes change = sigma * complement * e * ratio;
        TLanes gate = sigma * (e + one) * ratio;

        if (TLanes.AnyLess(half, TLanes.Abs(b)))
        {
            ElementaryFunctions.Logistic(moved, out TLanes farSigma, out TLanes farComplement);
            TLanes farChange = TLanes.SelectLess(a, TLanes.Zero, farSigma - sigma, complement - farComplement);
            change = TLanes.SelectLess(half, TLanes.Abs(b), farChange, change);
            gate = TLanes.SelectLess(half, TLanes.Abs(b), farSigma, gate);
        }

        return TLanes.MultiplyAdd(gradient, gate, taylorScale * change * z);
    }
}
