using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace TinT.Runtime.Formulas;

/// <summary>GELU in its tanh form, GPT-2's <c>gelu_new</c>: z/2 · (1 + tanh u) = z σ(2u), u = √(2/π) (z + 0.044715 z³).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GeluTanh : IActivation
{
    private const double TwiceSlope = 1.5957691216057308;
    private const double Cubic = 0.044715;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Evaluate<T>(T z)
        where T : struct, IElement<T>
    {
        // Keeps the cube finite; beyond ±30 the gate is 0 or 1 by far.
        T x = T.Clamp(z, 30);
        return z * T.Logistic(x * T.MultiplyAdd(x * x, TwiceSlope * Cubic, TwiceSlope));
    }
}
