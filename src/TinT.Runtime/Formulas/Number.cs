using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace TinT.Runtime.Formulas;

/// <summary>One number: a formula's value.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Value">The number.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct Number<T>(T Value) : IReal<Number<T>>
    where T : IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Number<T> operator +(Number<T> left, Number<T> right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Number<T> operator -(Number<T> left, Number<T> right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Number<T> operator *(Number<T> left, Number<T> right) => new(left.Value * right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Number<T> operator /(Number<T> left, Number<T> right) => new(left.Value / right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Number<T> operator -(Number<T> value) => new(-value.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Number<T> IReal<Number<T>>.Constant(double value) => new(T.CreateTruncating(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Number<T> IReal<Number<T>>.MultiplyAdd(Number<T> factor, Number<T> multiplier, Number<T> addend) =>
        new(T.MultiplyAddEstimate(factor.Value, multiplier.Value, addend.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Number<T> IReal<Number<T>>.Min(Number<T> left, Number<T> right) => new(left.Value < right.Value ? left.Value : right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Number<T> IReal<Number<T>>.Max(Number<T> left, Number<T> right) => new(left.Value > right.Value ? left.Value : right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Number<T> IReal<Number<T>>.Abs(Number<T> value) => new(T.Abs(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Number<T> IReal<Number<T>>.Sqrt(Number<T> x) => new(T.Sqrt(x.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Number<T> IReal<Number<T>>.Exp(Number<T> x) => new(T.Exp(x.Value));

    /// <summary>Φ(x) and Φ(−x), computed in double.</summary>
    static Distribution<Number<T>> IReal<Number<T>>.NormalDistribution(Number<T> x)
    {
        Distribution<double> normal = Distributions.Normal(double.CreateTruncating(x.Value));
        return new(new(T.CreateTruncating(normal.Value)), new(T.CreateTruncating(normal.Complement)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Number<T> IReal<Number<T>>.SelectLess(Number<T> left, Number<T> right, Number<T> whenLess, Number<T> otherwise) =>
        left.Value < right.Value ? whenLess : otherwise;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IReal<Number<T>>.AnyLess(Number<T> left, Number<T> right) => left.Value < right.Value;
}
