using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace TinT.Runtime.Formulas;

/// <summary>c tanh(x / c), which bounds scores and logits.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SoftCap
{
    /// <summary>tanh x in single precision: at most 2 units in the last place off.</summary>
    /// <remarks>Near 0 an odd polynomial, as Cephes has it, for 1 − e⁻²ˣ cancels there; beyond ±0.625 (1 − e⁻²ˣ) / (1 + e⁻²ˣ).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T>(T x)
        where T : struct, IReal<T>
    {
        T size = T.Abs(x);
        T square = size * size;
        T p = T.Constant(-5.70498872745e-3);
        p = T.MultiplyAdd(p, square, T.Constant(2.06390887954e-2));
        p = T.MultiplyAdd(p, square, T.Constant(-5.37397155531e-2));
        p = T.MultiplyAdd(p, square, T.Constant(1.33314422036e-1));
        p = T.MultiplyAdd(p, square, T.Constant(-3.33332819422e-1));
        T near = T.MultiplyAdd(p * square, size, size);
        T e = T.Exp(size * T.Constant(-2));
        T far = (T.Constant(1) - e) / (T.Constant(1) + e);
        T result = T.SelectLess(size, T.Constant(0.625), near, far);
        return T.SelectLess(x, T.Constant(0), -result, result);
    }
}
