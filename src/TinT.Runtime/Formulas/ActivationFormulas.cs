using System.ComponentModel;
using TinT.Model.Activations;

namespace TinT.Runtime.Formulas;

/// <summary>The formulas of <see cref="KnownActivations"/>, by name.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ActivationFormulas
{
    /// <summary>All; a new one is a file with its formula and a line here.</summary>
    public static IReadOnlyList<ActivationFormula> All { get; } =
        [new Row<GeluTanh>(), new Row<Gelu>(), new Row<Relu>(), new Row<Silu>(), new Row<QuickGelu>()];

    /// <summary>A formula by the activation's name.</summary>
    /// <param name="name">The activation's word in specs.</param>
    /// <exception cref="ArgumentException">There is no such activation.</exception>
    public static ActivationFormula Of(string name)
    {
        Activation activation = KnownActivations.Of(name);
        return All.First(formula => formula.Activation == activation);
    }

    private sealed class Row<TActivation> : ActivationFormula
        where TActivation : struct, IActivation
    {
        public override Activation Activation { get; } = KnownActivations.All.First(activation => activation.TypeName == typeof(TActivation).Name);

        public override int Operations
        {
            get
            {
                OperationCounter counter = new();
                TActivation.Evaluate(new Counted(counter));
                return counter.Operations;
            }
        }

        public override void Apply<T>(ReadOnlySpan<T> z, Span<T> s)
        {
            for (int index = 0; index < z.Length; index++)
                s[index] = TActivation.Evaluate(new Number<T>(z[index])).Value;
        }

        public override void Differentiate<T>(ReadOnlySpan<T> z, Span<T> d)
        {
            for (int index = 0; index < z.Length; index++)
                d[index] = Derivatives.Of<TActivation, Number<T>>(new(z[index])).Value;
        }
    }
}
