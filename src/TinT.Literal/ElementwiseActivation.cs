using System.Numerics;
using TinT.Reference.Forward;

namespace TinT.Literal;

/// <summary>Activations of one number.</summary>
internal static class ElementwiseActivation
{
    /// <summary>The activation of a given name.</summary>
    /// <typeparam name="T">Element type.</typeparam>
    /// <param name="name"><c>gelu_new</c>, <c>gelu</c>, <c>relu</c> or <c>silu</c>; all have act(0) = 0, as empty coordinates need.</param>
    /// <exception cref="ArgumentException">The name is another one.</exception>
    public static Func<T, T> Of<T>(string name)
        where T : IFloatingPointIeee754<T> => name switch
        {
            "gelu_new" => TanhGelu<T>(),
            "gelu" => Gelu,
            "relu" => z => T.Max(z, T.Zero),
            "silu" => z => z / (T.One + T.Exp(-z)),
            _ => throw new ArgumentException($"The literal simulator knows the activations gelu_new, gelu, relu and silu, not '{name}'.", nameof(name)),
        };

    /// <summary>z (1 + tanh(√(2/π) (z + 0.044715 z³))) / 2, in the order of the authors' code, which rounds as it does.</summary>
    private static Func<T, T> TanhGelu<T>()
        where T : IFloatingPointIeee754<T>
    {
        T half = T.CreateChecked(0.5);
        T cubic = T.CreateChecked(0.044715);
        T scale = T.CreateChecked(Math.Sqrt(2 / Math.PI));
        return z => half * z * (T.One + T.Tanh(scale * (z + (cubic * (z * z * z)))));
    }

    /// <summary>z Φ(z), computed in double.</summary>
    private static T Gelu<T>(T z)
        where T : IFloatingPointIeee754<T>
    {
        double argument = double.CreateTruncating(z);
        return T.CreateTruncating(argument * (1 + ErrorFunction.Evaluate(argument / Math.Sqrt(2))) / 2);
    }
}
