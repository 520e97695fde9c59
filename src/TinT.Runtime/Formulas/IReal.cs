using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace TinT.Runtime.Formulas;

/// <summary>Real numbers, one or a vector of them: what the rules of <see cref="Moved{T}"/> are written over.</summary>
/// <typeparam name="TSelf">The number.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IReal<TSelf> : IElement<TSelf>, IUnaryNegationOperators<TSelf, TSelf>, IDivisionOperators<TSelf, TSelf, TSelf>
    where TSelf : struct, IReal<TSelf>
{
    /// <summary>A constant, in every lane.</summary>
    static abstract TSelf Constant(double value);

    /// <summary>factor · multiplier + addend, rounded once where the hardware fuses.</summary>
    static abstract TSelf MultiplyAdd(TSelf factor, TSelf multiplier, TSelf addend);

    /// <summary>The smaller of each pair; NaN if the right one is.</summary>
    static abstract TSelf Min(TSelf left, TSelf right);

    /// <summary>The larger of each pair; NaN if the right one is.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>The absolute value of each lane.</summary>
    static abstract TSelf Abs(TSelf value);

    /// <summary>√x.</summary>
    static abstract TSelf Sqrt(TSelf x);

    /// <summary>eˣ.</summary>
    static abstract TSelf Exp(TSelf x);

    /// <summary>Φ(x) and its complement Φ(−x) = 1 − Φ(x), neither with cancellation.</summary>
    static abstract Distribution<TSelf> NormalDistribution(TSelf x);

    /// <summary>Lanes of <paramref name="whenLess"/> where left &lt; right, of <paramref name="otherwise"/> elsewhere, also where either is NaN.</summary>
    static abstract TSelf SelectLess(TSelf left, TSelf right, TSelf whenLess, TSelf otherwise);

    /// <summary>Whether left &lt; right in some lane.</summary>
    static abstract bool AnyLess(TSelf left, TSelf right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IElement<TSelf>.operator *(TSelf x, double factor) => x * TSelf.Constant(factor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IElement<TSelf>.MultiplyAdd(TSelf x, double factor, double addend) => TSelf.MultiplyAdd(x, TSelf.Constant(factor), TSelf.Constant(addend));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IElement<TSelf>.ReciprocalSqrt(TSelf x) => TSelf.Constant(1) / TSelf.Sqrt(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IElement<TSelf>.Logistic(TSelf x) => Distributions.Logistic(x).Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IElement<TSelf>.Normal(TSelf x) => TSelf.NormalDistribution(x).Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IElement<TSelf>.Positive(TSelf x) => TSelf.Max(TSelf.Constant(0), x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IElement<TSelf>.Clamp(TSelf x, double limit) => TSelf.Max(TSelf.Constant(-limit), TSelf.Min(TSelf.Constant(limit), x));
}
