using System.Numerics;
using System.Numerics.Tensors;

namespace TinT.Reference.Tape;

/// <summary>Softmax and its logarithm.</summary>
internal static class SoftMax
{
    /// <summary>p = exp(x − max x) / Σ exp(x − max x).</summary>
    /// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">Scores; replaced by p.</param>
    public static void Apply<T>(Span<T> x)
        where T : IFloatingPointIeee754<T>
    {
        TensorPrimitives.Subtract(x, TensorPrimitives.Max<T>(x), x);
        TensorPrimitives.Exp<T>(x, x);
        TensorPrimitives.Divide(x, TensorPrimitives.Sum<T>(x), x);
    }

    /// <summary>−log softmax(x)[target] = log Σ exp(x − max x) + max x − x[target].</summary>
    /// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">Scores.</param>
    /// <param name="target">Index of the right class.</param>
    /// <param name="scratch">Overwritten; as long as <paramref name="x"/>.</param>
    public static T Loss<T>(ReadOnlySpan<T> x, int target, Span<T> scratch)
        where T : IFloatingPointIeee754<T>
    {
        T greatest = TensorPrimitives.Max(x);
        TensorPrimitives.Subtract(x, greatest, scratch);
        TensorPrimitives.Exp<T>(scratch, scratch);
        return T.Log(TensorPrimitives.Sum<T>(scratch)) + greatest - x[target];
    }
}
