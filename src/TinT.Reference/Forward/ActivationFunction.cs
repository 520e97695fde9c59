using System.Numerics;

namespace TinT.Reference.Forward;

/// <summary>The activation of the feed-forward module and its true derivative.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
internal abstract class ActivationFunction<T>
    where T : IFloatingPointIeee754<T>
{
    /// <summary>The activation of a given name.</summary>
    /// <param name="name"><c>gelu_new</c>, <c>gelu</c>, <c>relu</c> or <c>silu</c>.</param>
    /// <exception cref="ArgumentException">The name is another one.</exception>
    public static ActivationFunction<T> Of(string name) => name switch
    {
        "gelu_new" => new TanhGelu<T>(),
        "gelu" => new Gelu<T>(),
        "relu" => new Relu<T>(),
        "silu" => new Silu<T>(),
        _ => throw new ArgumentException($"The reference knows the activations gelu_new, gelu, relu and silu, not '{name}'.", nameof(name)),
    };

    /// <summary>s = act(z).</summary>
    /// <param name="z">Arguments.</param>
    /// <param name="s">Receives the values; not the same span.</param>
    public abstract void Apply(ReadOnlySpan<T> z, Span<T> s);

    /// <summary>d = act′(z).</summary>
    /// <param name="z">Arguments.</param>
    /// <param name="d">Receives the derivatives; not the same span.</param>
    public abstract void Differentiate(ReadOnlySpan<T> z, Span<T> d);
}
