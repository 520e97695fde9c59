using System.Numerics;
using System.Numerics.Tensors;

namespace TinT.Reference.Forward;

/// <summary>act(z) = max(z, 0); derivative 0 at 0.</summary>
internal sealed class Relu<T> : ActivationFunction<T>
    where T : IFloatingPointIeee754<T>
{
    public override void Apply(ReadOnlySpan<T> z, Span<T> s) => TensorPrimitives.Max(z, T.Zero, s);

    public override void Differentiate(ReadOnlySpan<T> z, Span<T> d)
    {
        for (int index = 0; index < z.Length; index++)
            d[index] = z[index] > T.Zero ? T.One : T.Zero;
    }
}
