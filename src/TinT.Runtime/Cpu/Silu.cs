using System.ComponentModel;
using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Functions;
using TinT.Runtime.Cpu.Tiles;

namespace TinT.Runtime.Cpu;

/// <summary>SiLU: z σ(z), σ(z) = 1 / (1 + e⁻ᶻ).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Silu : IActivation, ILaneActivation
{
    /// <inheritdoc/>
    public static void Forward(ReadOnlySpan<float> z, Span<float> s) =>
        Elementwise.Forward<Silu>(z, s, VectorWidths.Widest);

    /// <inheritdoc/>
    public static void Difference(ReadOnlySpan<float> z, ReadOnlySpan<float> gradient, float taylorScale, Span<float> result) =>
        Elementwise.Difference<Silu>(z, gradient, taylorScale, result, VectorWidths.Widest);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TLanes ILaneActivation.Value<TLanes>(TLanes z)
    {
        ElementaryFunctions.Logistic(z, out TLanes sigma, out _);
        return z * sigma;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TLanes ILaneActivation.Difference<TLanes>(TLanes z, TLanes gradient, TLanes taylorScale)
    {
        TLanes delta = gradient / taylorScale;
        return GatedDifference.Compute(z, gradient, taylorScale, z, z + delta, delta);
    }
}
