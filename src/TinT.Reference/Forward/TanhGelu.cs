using System.Numerics;
using System.Numerics.Tensors;

namespace TinT.Reference.Forward;

/// <summary>act(z) = z (1 + tanh(√(2/π) (z + 0.044715 z³))) / 2, the GELU of GPT-2.</summary>
internal sealed class TanhGelu<T> : ActivationFunction<T>
    where T : IFloatingPointIeee754<T>
{
    private static readonly T Scale = T.CreateChecked(Math.Sqrt(2 / Math.PI));
    private static readonly T Cubic = T.CreateChecked(0.044715);
    private static readonly T Half = T.CreateChecked(0.5);

    public override void Apply(ReadOnlySpan<T> z, Span<T> s)
    {
        Tanh(z, s);
        TensorPrimitives.Add(s, T.One, s);
        TensorPrimitives.Multiply(s, z, s);
        TensorPrimitives.Multiply(s, Half, s);
    }

    /// <summary>(1 + t) / 2 + z (1 − t²) √(2/π) (1 + 3 · 0.044715 z²) / 2 with t the tanh.</summary>
    public override void Differentiate(ReadOnlySpan<T> z, Span<T> d)
    {
        T three = T.CreateChecked(3);
        Tanh(z, d);
        for (int index = 0; index < z.Length; index++)
        {
            T argument = z[index];
            T tanh = d[index];
            T inner = Scale * (T.One + three * Cubic * argument * argument);
            d[index] = Half * (T.One + tanh + argument * (T.One - tanh * tanh) * inner);
        }
    }

    /// <summary>t = tanh(√(2/π) (z + 0.044715 z³)).</summary>
    private static void Tanh(ReadOnlySpan<T> z, Span<T> t)
    {
        TensorPrimitives.Multiply(z, z, t);
        TensorPrimitives.Multiply(t, Cubic, t);
        TensorPrimitives.Add(t, T.One, t);
        TensorPrimitives.Multiply(t, z, t);
        TensorPrimitives.Multiply(t, Scale, t);
        TensorPrimitives.Tanh<T>(t, t);
    }
}
