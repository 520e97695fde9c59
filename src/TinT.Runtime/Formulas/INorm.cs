using System.ComponentModel;

namespace TinT.Runtime.Formulas;

/// <summary>A norm of rows as a formula, before gain and bias: what it takes of an element, over the root of ε and the mean square of that.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface INorm
{
    /// <summary>Whether <see cref="Deviation"/> needs the row's mean.</summary>
    static abstract bool IsCentred { get; }

    /// <summary>What is normalized of an element.</summary>
    /// <typeparam name="T">What it is evaluated over.</typeparam>
    /// <param name="x">The element.</param>
    /// <param name="mean">The mean of the row.</param>
    static abstract T Deviation<T>(T x, T mean)
        where T : struct, IElement<T>;

    /// <summary>r, by which deviations are multiplied.</summary>
    /// <typeparam name="T">What it is evaluated over.</typeparam>
    /// <param name="squares">Sum of the squares of the deviations.</param>
    /// <param name="size">Elements of the row.</param>
    /// <param name="epsilon">ε.</param>
    static virtual T InverseDeviation<T>(T squares, int size, double epsilon)
        where T : struct, IElement<T> => T.ReciprocalSqrt(T.MultiplyAdd(squares, 1.0 / size, epsilon));
}
