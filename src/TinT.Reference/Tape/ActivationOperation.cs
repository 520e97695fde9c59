using System.Numerics;
using System.Numerics.Tensors;
using TinT.Reference.Matrices;
using TinT.Runtime.Formulas;

namespace TinT.Reference.Tape;

/// <summary>s = act(z). Passes down g act′(z), or by TinT's rule N (act(z + g/N) − act(z)).</summary>
internal static class ActivationOperation
{
    /// <summary>The activation of every element.</summary>
    public static Node<T> Activate<T>(this Tape<T> tape, Node<T> z, ActivationFormula activation)
        where T : IFloatingPointIeee754<T>
    {
        Matrix<T> s = tape.Take(z.Value.Columns);
        tape.Workers.ForEachRow(s.Rows, row => activation.Apply<T>(z.Value.Row(row), s.Row(row)));
        return tape.Record(s, gradient =>
        {
            Matrix<T> scratch = tape.TakeGradient(gradient.Columns);
            tape.Workers.ForEachRow(gradient.Rows, row =>
            {
                Span<T> g = gradient.Row(row);
                T scale = tape.Rules.ActivationScale;
                if (scale == T.Zero)
                {
                    activation.Differentiate<T>(z.Value.Row(row), scratch.Row(row));
                    TensorPrimitives.Multiply<T>(g, scratch.Row(row), g);
                    return;
                }

                TensorPrimitives.Divide(g, scale, g);
                TensorPrimitives.Add<T>(z.Value.Row(row), g, scratch.Row(row));
                activation.Apply<T>(scratch.Row(row), g);
                TensorPrimitives.Subtract<T>(g, s.Row(row), g);
                TensorPrimitives.Multiply(g, scale, g);
            });
            tape.Release(scratch);
            tape.Give(z, gradient);
        });
    }
}
