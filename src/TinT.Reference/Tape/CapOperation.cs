using System.Numerics;
using TinT.Reference.Matrices;

namespace TinT.Reference.Tape;

/// <summary>y = c tanh(x / c). Passes down g ∘ (1 − (y / c)²).</summary>
internal static class CapOperation
{
    /// <summary>The bounded rows.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="x">[T, columns].</param>
    /// <param name="cap">c.</param>
    public static Node<T> Cap<T>(this Tape<T> tape, Node<T> x, T cap)
        where T : IFloatingPointIeee754<T>
    {
        Matrix<T> y = tape.Take(x.Value.Columns);
        tape.Workers.ForEachRow(y.Rows, row => Apply(x.Value.Row(row), cap, y.Row(row)));
        return tape.Record(y, gradient =>
        {
            tape.Workers.ForEachRow(gradient.Rows, row => Differentiate(y.Row(row), cap, gradient.Row(row)));
            tape.Give(x, gradient);
        });
    }

    /// <summary>c tanh(x / c).</summary>
    /// <param name="x">Arguments.</param>
    /// <param name="cap">c.</param>
    /// <param name="y">Results, as many; may be <paramref name="x"/>.</param>
    public static void Apply<T>(ReadOnlySpan<T> x, T cap, Span<T> y)
        where T : IFloatingPointIeee754<T>
    {
        for (int index = 0; index < x.Length; index++)
            y[index] = cap * T.Tanh(x[index] / cap);
    }

    /// <summary>g ∘ (1 − (y / c)²).</summary>
    /// <param name="y">c tanh(x / c).</param>
    /// <param name="cap">c.</param>
    /// <param name="gradient">g; becomes the gradient at x.</param>
    public static void Differentiate<T>(ReadOnlySpan<T> y, T cap, Span<T> gradient)
        where T : IFloatingPointIeee754<T>
    {
        for (int index = 0; index < y.Length; index++)
        {
            T share = y[index] / cap;
            gradient[index] *= T.One - (share * share);
        }
    }
}
