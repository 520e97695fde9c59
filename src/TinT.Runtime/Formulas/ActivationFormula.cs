using System.ComponentModel;
using System.Numerics;
using TinT.Model.Activations;

namespace TinT.Runtime.Formulas;

/// <summary>An activation with the evaluations that ask for it by name: a row of <see cref="ActivationFormulas"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ActivationFormula
{
    /// <summary>Its row in the table that the compiler knows too.</summary>
    public abstract Activation Activation { get; }

    /// <summary>Operations of an evaluation, as the formula is written.</summary>
    public abstract int Operations { get; }

    /// <summary>s = act(z).</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="z">Arguments.</param>
    /// <param name="s">Receives the values; may be <paramref name="z"/> itself.</param>
    public abstract void Apply<T>(ReadOnlySpan<T> z, Span<T> s)
        where T : IFloatingPointIeee754<T>;

    /// <summary>d = act′(z).</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="z">Arguments.</param>
    /// <param name="d">Receives the derivatives; may be <paramref name="z"/> itself.</param>
    public abstract void Differentiate<T>(ReadOnlySpan<T> z, Span<T> d)
        where T : IFloatingPointIeee754<T>;
}
