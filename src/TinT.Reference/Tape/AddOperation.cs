using System.Numerics;
using System.Numerics.Tensors;
using TinT.Reference.Matrices;

namespace TinT.Reference.Tape;

/// <summary>y = a + b; the gradient goes to both.</summary>
internal static class AddOperation
{
    /// <summary>The sum.</summary>
    public static Node<T> Add<T>(this Tape<T> tape, Node<T> a, Node<T> b)
        where T : IFloatingPointIeee754<T>
    {
        Matrix<T> sum = tape.Take(a.Value.Columns);
        tape.Workers.ForEachRow(sum.Rows, row => TensorPrimitives.Add<T>(a.Value.Row(row), b.Value.Row(row), sum.Row(row)));
        return tape.Record(sum, gradient =>
        {
            Matrix<T> copy = tape.TakeGradient(gradient.Columns);
            gradient.AsSpan().CopyTo(copy.AsSpan());
            tape.Give(a, gradient);
            tape.Give(b, copy);
        });
    }
}
