using System.Numerics;
using System.Numerics.Tensors;
using TinT.Reference.Matrices;

namespace TinT.Reference.Tape;

/// <summary>y = a ∘ b. Passes down g ∘ b and g ∘ a.</summary>
internal static class ProductOperation
{
    /// <summary>The product of every two elements.</summary>
    public static Node<T> Multiply<T>(this Tape<T> tape, Node<T> a, Node<T> b)
        where T : IFloatingPointIeee754<T>
    {
        Matrix<T> product = tape.Take(a.Value.Columns);
        tape.Workers.ForEachRow(product.Rows, row => TensorPrimitives.Multiply<T>(a.Value.Row(row), b.Value.Row(row), product.Row(row)));
        return tape.Record(product, gradient =>
        {
            Matrix<T> toB = tape.TakeGradient(gradient.Columns);
            tape.Workers.ForEachRow(gradient.Rows, row =>
            {
                TensorPrimitives.Multiply<T>(gradient.Row(row), a.Value.Row(row), toB.Row(row));
                TensorPrimitives.Multiply<T>(gradient.Row(row), b.Value.Row(row), gradient.Row(row));
            });
            tape.Give(a, gradient);
            tape.Give(b, toB);
        });
    }
}
