using System.ComponentModel;
using System.Numerics;
using TinT.Model.Norms;

namespace TinT.Runtime.Formulas;

/// <summary>A norm with the evaluations that ask for it by name: a row of <see cref="NormFormulas"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class NormFormula
{
    /// <summary>Its row in the table that the compiler knows too.</summary>
    public abstract Norm Norm { get; }

    /// <summary>Whether deviations are those from the mean.</summary>
    public abstract bool IsCentred { get; }

    /// <summary>Arithmetic operations of one element of a row, as the formula is written.</summary>
    public abstract int Operations { get; }

    /// <summary>Arithmetic operations of a row besides.</summary>
    public abstract int RowOperations { get; }

    /// <summary>x̂ = deviation of x · r.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The row.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="normalized">Receives x̂; may be <paramref name="x"/> itself.</param>
    /// <returns>r.</returns>
    public abstract T Normalize<T>(ReadOnlySpan<T> x, double epsilon, Span<T> normalized)
        where T : IFloatingPointIeee754<T>;
}
