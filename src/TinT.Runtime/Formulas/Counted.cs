using System.ComponentModel;

namespace TinT.Runtime.Formulas;

/// <summary>Counts a formula's operations: elementary functions, additions, subtractions, products, quotients and maxima one each, as the formula is written.</summary>
/// <param name="counter">Where they are counted.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Counted(OperationCounter counter) : IElement<Counted>
{
    private readonly OperationCounter counter = counter;

    /// <inheritdoc/>
    public static Counted operator +(Counted left, Counted right) => left.Add(1);

    /// <inheritdoc/>
    public static Counted operator -(Counted left, Counted right) => left.Add(1);

    /// <inheritdoc/>
    public static Counted operator *(Counted left, Counted right) => left.Add(1);

    /// <inheritdoc/>
    public static Counted operator *(Counted x, double factor) => x.Add(1);

    /// <inheritdoc/>
    public static Counted MultiplyAdd(Counted x, double factor, double addend) => x.Add(2);

    /// <summary>√, 1 ÷.</summary>
    public static Counted ReciprocalSqrt(Counted x) => x.Add(2);

    /// <summary>−, exp, +, ÷.</summary>
    public static Counted Logistic(Counted x) => x.Add(4);

    /// <summary>(1 + erf(x / √2)) / 2: ·, erf, +, ·.</summary>
    public static Counted Normal(Counted x) => x.Add(4);

    /// <inheritdoc/>
    public static Counted Positive(Counted x) => x.Add(1);

    /// <summary>None: it is no part of the function.</summary>
    public static Counted Clamp(Counted x, double limit) => x;

    private Counted Add(int operations)
    {
        counter.Operations += operations;
        return this;
    }
}
