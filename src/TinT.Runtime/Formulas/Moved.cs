using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace TinT.Runtime.Formulas;

/// <summary>
/// The calculus of differences: f(x) and N (f(x + g/N) − f(x)) carried through a formula together, by one rule for each primitive in which nothing
/// cancels. With 1/N = 0 the rules are those of derivatives: <see cref="Derivatives"/>.
/// </summary>
/// <typeparam name="T">The numbers; differences are good to single precision, derivatives to that of T.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Moved<T> : IElement<Moved<T>>
    where T : struct, IReal<T>
{
    private readonly T step;
    private readonly T scale;

    /// <summary>x and g.</summary>
    /// <param name="value">x.</param>
    /// <param name="change">g.</param>
    /// <param name="step">1/N.</param>
    /// <param name="scale">N, in a derivative a number beside which all others are small.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Moved(T value, T change, T step, T scale)
        : this(value, change, T.MultiplyAdd(step, change, value), step, scale)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Moved(T value, T change, T after, T step, T scale)
    {
        Value = value;
        Change = change;
        After = after;
        this.step = step;
        this.scale = scale;
    }

    /// <summary>f(x).</summary>
    public T Value { get; }

    /// <summary>N (f(x + g/N) − f(x)), in a derivative f′(x) g.</summary>
    public T Change { get; }

    /// <summary>f(x + g/N), good where it is much smaller than f(x) too.</summary>
    public T After { get; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Moved<T> operator +(Moved<T> left, Moved<T> right) =>
        left.With(left.Value + right.Value, left.Change + right.Change, left.After + right.After);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Moved<T> operator -(Moved<T> left, Moved<T> right) =>
        left.With(left.Value - right.Value, left.Change - right.Change, left.After - right.After);

    /// <summary>a b: a Δb + Δa (b + Δb).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Moved<T> operator *(Moved<T> left, Moved<T> right) =>
        left.With(left.Value * right.Value, T.MultiplyAdd(left.Value, right.Change, left.Change * right.After), left.After * right.After);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Moved<T> operator *(Moved<T> x, double factor) =>
        x.With(x.Value * T.Constant(factor), x.Change * T.Constant(factor), x.After * T.Constant(factor));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Moved<T> IElement<Moved<T>>.MultiplyAdd(Moved<T> x, double factor, double addend) => x.With(
        T.MultiplyAdd(x.Value, T.Constant(factor), T.Constant(addend)),
        x.Change * T.Constant(factor),
        T.MultiplyAdd(x.After, T.Constant(factor), T.Constant(addend)));

    /// <summary>r = 1/√x, after the step r′: r′ − r = −Δx (r r′)² / (r + r′).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Moved<T> IElement<Moved<T>>.ReciprocalSqrt(Moved<T> x)
    {
        // A sum of squares that the step makes 0 may come out negative.
        T after = T.Max(x.Value * T.Constant(1e-12), x.After);
        T before = T.ReciprocalSqrt(x.Value);
        T moved = T.ReciprocalSqrt(after);
        T product = before * moved;
        return x.With(before, -(x.Change * product) * product / (before + moved), moved);
    }

    /// <summary>With E = eᵇ − 1, b = Δx: σ(x + b) − σ(x) = σ(x) σ(−x) E / (1 + σ(x) E); for |b| > ½ by subtraction, on the side where both are small.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Moved<T> IElement<Moved<T>>.Logistic(Moved<T> x)
    {
        Distribution<T> before = Distributions.Logistic(x.Value);
        T b = x.step * x.Change;

        // E = b (1 + b/2 + b²/6 + …).
        T series = T.MultiplyAdd(b, T.Constant(1.0 / 40320), T.Constant(1.0 / 5040));
        series = T.MultiplyAdd(series, b, T.Constant(1.0 / 720));
        series = T.MultiplyAdd(series, b, T.Constant(1.0 / 120));
        series = T.MultiplyAdd(series, b, T.Constant(1.0 / 24));
        series = T.MultiplyAdd(series, b, T.Constant(1.0 / 6));
        series = T.MultiplyAdd(series, b, T.Constant(0.5));
        series = T.MultiplyAdd(series, b, T.Constant(1));
        T change = before.Value * before.Complement * series * x.Change / T.MultiplyAdd(before.Value * series, b, T.Constant(1));

        T after = T.MultiplyAdd(x.step, change, before.Value);
        if (T.AnyLess(T.Constant(0.5), T.Abs(b)))
        {
            Distribution<T> far = Distributions.Logistic(x.After);
            change = T.SelectLess(T.Constant(0.5), T.Abs(b), x.Far(before, far), change);
            after = T.SelectLess(T.Constant(0.5), T.Abs(b), far.Value, after);
        }

        return x.With(before.Value, change, after);
    }

    /// <summary>
    /// The integral of φ over the step h = Δx about its midpoint m, h φ(m) Σ He₂ₖ(m) (h/2)²ᵏ / (2k + 1)!, He the Hermite polynomials; for |h| > ⅛ by
    /// subtraction, on the side where both are small.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Moved<T> IElement<Moved<T>>.Normal(Moved<T> x)
    {
        Distribution<T> before = T.NormalDistribution(x.Value);
        T half = x.step * x.Change * T.Constant(0.5);

        // Beyond ±14.4 the density is 0 in float.
        T m = T.Max(T.Constant(-14.4), T.Min(T.Constant(14.4), x.Value + half));
        T m2 = m * m;
        T h2 = half * half;
        T he2 = m2 - T.Constant(1);
        T he4 = T.MultiplyAdd(m2 - T.Constant(6), m2, T.Constant(3));
        T he6 = T.MultiplyAdd(T.MultiplyAdd(m2 - T.Constant(15), m2, T.Constant(45)), m2, T.Constant(-15));
        T series = T.MultiplyAdd(he6 * T.Constant(1.0 / 5040), h2, he4 * T.Constant(1.0 / 120));
        series = T.MultiplyAdd(series, h2, he2 * T.Constant(1.0 / 6));
        series = T.MultiplyAdd(series, h2, T.Constant(1));
        T change = x.Change * Distributions.NormalDensity(m) * series;

        T after = T.MultiplyAdd(x.step, change, before.Value);
        if (T.AnyLess(T.Constant(0.0625), T.Abs(half)))
        {
            Distribution<T> far = T.NormalDistribution(x.After);
            change = T.SelectLess(T.Constant(0.0625), T.Abs(half), x.Far(before, far), change);
            after = T.SelectLess(T.Constant(0.0625), T.Abs(half), far.Value, after);
        }

        return x.With(before.Value, change, after);
    }

    /// <summary>From x > 0 down to −x at most, from elsewhere by what is above 0 after the step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Moved<T> IElement<Moved<T>>.Positive(Moved<T> x)
    {
        T zero = T.Constant(0);
        T fromPositive = T.Max(-(x.scale * x.Value), x.Change);
        T fromNegative = T.Max(zero, T.MultiplyAdd(x.scale, x.Value, x.Change));
        return x.With(T.Max(zero, x.Value), T.SelectLess(zero, x.Value, fromPositive, fromNegative), T.Max(zero, x.After));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Moved<T> IElement<Moved<T>>.Clamp(Moved<T> x, double limit)
    {
        T bound = T.Constant(limit);
        if (!T.AnyLess(bound, T.Max(T.Abs(x.Value), T.Abs(x.After))))
            return x;

        T value = T.Clamp(x.Value, limit);
        T after = T.Clamp(x.After, limit);
        T change = x.scale * (after - value);
        return x.With(value, T.SelectLess(bound, T.Abs(x.Value), change, T.SelectLess(bound, T.Abs(x.After), change, x.Change)), after);
    }

    /// <summary>N times the difference of a distribution function's values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Far(Distribution<T> before, Distribution<T> after) =>
        scale * T.SelectLess(Value, T.Constant(0), after.Value - before.Value, before.Complement - after.Complement);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Moved<T> With(T value, T change, T after) => new(value, change, after, step, scale);
}
