using System.ComponentModel;
using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Functions;
using TinT.Runtime.Cpu.Tiles;

namespace TinT.Runtime.Cpu;

/// <summary>GELU in its tanh form, GPT-2's <c>gelu_new</c>: z/2 · (1 + tanh(√(2/π) (z + 0.044715 z³))).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GeluTanh : IActivation, ILaneActivation
{
    // 2 √(2/π): the tanh form is z σ(2u), u = √(2/π) (z + κ z³).
    private const float TwiceSlope = 1.59576912f;
    private const float Cubic = 0.044715f;

    /// <inheritdoc/>
    public static void Forward(ReadOnlySpan<float> z, Span<float> s) =>
        Elementwise.Forward<GeluTanh>(z, s, VectorWidths.Widest);

    /// <inheritdoc/>
    public static void Difference(ReadOnlySpan<float> z, ReadOnlySpan<float> gradient, float taylorScale, Span<float> result) =>
        Elementwise.Difference<GeluTanh>(z, gradient, taylorScale, result, VectorWidths.Widest);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TLanes ILaneActivation.Value<TLanes>(TLanes z)
    {
        TLanes a = Gate(z);
        ElementaryFunctions.Logistic(a, out TLanes sigma, out _);
        return z * sigma;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TLanes ILaneActivation.Difference<TLanes>(TLanes z, TLanes gradient, TLanes taylorScale)
    {
        // a(z + δ) − a(z) = 2 √(2/π) δ (1 + κ (3 z (z + δ) + δ²)).
        TLanes delta = gradient / taylorScale;
        TLanes limited = Limit(z);
        TLanes inner = TLanes.MultiplyAdd(TLanes.Broadcast(3f) * limited, limited + delta, delta * delta);
        TLanes b = TLanes.Broadcast(TwiceSlope) * delta * TLanes.MultiplyAdd(inner, TLanes.Broadcast(Cubic), TLanes.Broadcast(1f));
        return GatedDifference.Compute(z, gradient, taylorScale, Gate(z), Gate(z + delta), b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Gate<TLanes>(TLanes z)
        where TLanes : struct, ILanes<TLanes>
    {
        z = Limit(z);
        return z * TLanes.MultiplyAdd(z * z, TLanes.Broadcast(TwiceSlope * Cubic), TLanes.Broadcast(TwiceSlope));
    }

    /// <summary>Keeps the cube finite; beyond ±30 the gate is 0 or 1 in float by far.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Limit<TLanes>(TLanes z)
        where TLanes : struct, ILanes<TLanes> => TLanes.Max(TLanes.Broadcast(-30f), TLanes.Min(TLanes.Broadcast(30f), z));
}
