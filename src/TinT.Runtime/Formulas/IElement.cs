using System.ComponentModel;
using System.Numerics;

namespace TinT.Runtime.Formulas;

/// <summary>
/// What a formula is written over. A number gives the formula's value, a vector of lanes many of them, <see cref="Moved{T}"/> its Taylor
/// difference or its derivative, <see cref="Counted"/> its operations.
/// </summary>
/// <typeparam name="TSelf">The element.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IElement<TSelf> :
    IAdditionOperators<TSelf, TSelf, TSelf>,
    ISubtractionOperators<TSelf, TSelf, TSelf>,
    IMultiplyOperators<TSelf, TSelf, TSelf>
    where TSelf : struct, IElement<TSelf>
{
    /// <summary>x · factor.</summary>
    static abstract TSelf operator *(TSelf x, double factor);

    /// <summary>x · factor + addend, rounded once where the hardware fuses.</summary>
    static abstract TSelf MultiplyAdd(TSelf x, double factor, double addend);

    /// <summary>1 / √x.</summary>
    static abstract TSelf ReciprocalSqrt(TSelf x);

    /// <summary>The logistic function σ(x) = 1 / (1 + e⁻ˣ).</summary>
    static abstract TSelf Logistic(TSelf x);

    /// <summary>Φ(x), the distribution function of the normal distribution.</summary>
    static abstract TSelf Normal(TSelf x);

    /// <summary>max(x, 0).</summary>
    static abstract TSelf Positive(TSelf x);

    /// <summary>The nearest number from −limit to limit, for arguments beyond which a formula has its limits anyway.</summary>
    static abstract TSelf Clamp(TSelf x, double limit);
}
