using System.ComponentModel;
using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Functions;
using TinT.Runtime.Cpu.Tiles;

namespace TinT.Runtime.Cpu;

/// <summary>ReLU: max(z, 0).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Relu : IActivation, ILaneActivation
{
    /// <inheritdoc/>
    public static void Forward(ReadOnlySpan<float> z, Span<float> s) =>
        Elementwise.Forward<Relu>(z, s, VectorWidths.Widest);

    /// <inheritdoc/>
    public static void Difference(ReadOnlySpan<float> z, ReadOnlySpan<float> gradient, float taylorScale, Span<float> result) =>
        Elementwise.Difference<Relu>(z, gradient, taylorScale, result, VectorWidths.Widest);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TLanes ILaneActivation.Value<TLanes>(TLanes z) => TLanes.Max(TLanes.Zero, z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TLanes ILaneActivation.Difference<TLanes>(TLanes z, TLanes gradient, TLanes taylorScale)
    {
        // By the signs of z and of z + δ, both scaled by N: N z + g has the sign of z + δ.
        TLanes after = TLanes.MultiplyAdd(taylorScale, z, gradient);
        TLanes fromPositive = TLanes.SelectLess(after, TLanes.Zero, -(taylorScale * z), gradient);
        TLanes fromNegative = TLanes.Max(TLanes.Zero, after);
        return TLanes.SelectLess(TLanes.Zero, z, fromPositive, fromNegative);
    }
}
