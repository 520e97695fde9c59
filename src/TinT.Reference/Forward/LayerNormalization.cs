using System.Numerics;
using System.Numerics.Tensors;

namespace TinT.Reference.Forward;

/// <summary>LN₀, the layer norm without gain and bias.</summary>
internal static class LayerNormalization
{
    /// <summary>x̂ = (x − mean x) / sqrt(ε + mean (x − mean x)²).</summary>
    /// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">One row, [D].</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="normalised">Receives x̂, [D]; may be <paramref name="x"/>.</param>
    /// <returns>1 / sqrt(ε + mean (x − mean x)²).</returns>
    public static T Normalise<T>(ReadOnlySpan<T> x, T epsilon, Span<T> normalised)
        where T : IFloatingPointIeee754<T>
    {
        T size = T.CreateChecked(x.Length);
        TensorPrimitives.Subtract(x, TensorPrimitives.Sum(x) / size, normalised);
        T inverseDeviation = T.One / T.Sqrt(epsilon + TensorPrimitives.SumOfSquares<T>(normalised) / size);
        TensorPrimitives.Multiply(normalised, inverseDeviation, normalised);
        return inverseDeviation;
    }
}
