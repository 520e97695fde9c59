using System.Numerics;
using System.Numerics.Tensors;

namespace TinT.Reference.Forward;

/// <summary>act(z) = z σ(z), σ(z) = 1 / (1 + exp(−z)).</summary>
internal sealed class Silu<T> : ActivationFunction<T>
    where T : IFloatingPointIeee754<T>
{
    public override void Apply(ReadOnlySpan<T> z, Span<T> s)
    {
        TensorPrimitives.Sigmoid(z, s);
        TensorPrimitives.Multiply(s, z, s);
    }

    /// <summary>σ (1 + z (1 − σ)).</summary>
    public override void Differentiate(ReadOnlySpan<T> z, Span<T> d)
    {
        TensorPrimitives.Sigmoid(z, d);
        for (int index = 0; index < z.Length; index++)
            d[index] *= T.One + z[index] * (T.One - d[index]);
    }
}
