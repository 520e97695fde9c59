using System.ComponentModel;

namespace TinT.Runtime.Cpu;

/// <summary>An activation function with the difference that TinT takes for its derivative.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IActivation
{
    /// <summary>s = act(z).</summary>
    /// <param name="z">Arguments.</param>
    /// <param name="s">Results, as many; may be <paramref name="z"/> itself but not overlap it otherwise.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    static abstract void Forward(ReadOnlySpan<float> z, Span<float> s);

    /// <summary>N · (act(z + g/N) − act(z)), computed without the cancellation of that formula.</summary>
    /// <param name="z">Arguments of the forward pass.</param>
    /// <param name="gradient">g, the gradient at the output, as many.</param>
    /// <param name="taylorScale">N, positive.</param>
    /// <param name="result">The gradient passed down, as many; may be either operand but not overlap it otherwise.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    static abstract void Difference(ReadOnlySpan<float> z, ReadOnlySpan<float> gradient, float taylorScale, Span<float> result);
}
