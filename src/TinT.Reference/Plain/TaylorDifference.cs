using System.Numerics;
using System.Numerics.Tensors;
using TinT.Reference.Forward;
using TinT.Runtime.Formulas;

namespace TinT.Reference.Plain;

/// <summary>Gradients by first-order differences, N (f(x + g / N) − f(x)), as TinT's element-wise modules compute them.</summary>
internal sealed class TaylorDifference<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly T scale;
    private readonly T epsilon;
    private readonly ActivationFormula activation;

    /// <summary>Creates the differences.</summary>
    /// <param name="scale">N.</param>
    /// <param name="epsilon">ε of the layer norm.</param>
    /// <param name="activation">act.</param>
    public TaylorDifference(T scale, T epsilon, ActivationFormula activation)
    {
        this.scale = scale;
        this.epsilon = epsilon;
        this.activation = activation;
    }

    /// <summary>N (LN₀(x + g / N) − x̂).</summary>
    /// <param name="x">Input of the layer norm, [D].</param>
    /// <param name="normalised">x̂ = LN₀(x), [D].</param>
    /// <param name="gradient">g, already through the gain; replaced, [D].</param>
    public void PassThroughNormalisation(ReadOnlySpan<T> x, ReadOnlySpan<T> normalised, Span<T> gradient)
    {
        TensorPrimitives.Divide(gradient, scale, gradient);
        TensorPrimitives.Add(x, gradient, gradient);
        LayerNormalization.Normalise(gradient, epsilon, gradient);
        TensorPrimitives.Subtract(gradient, normalised, gradient);
        TensorPrimitives.Multiply(gradient, scale, gradient);
    }

    /// <summary>N (act(z + g / N) − act(z)).</summary>
    /// <param name="z">Argument of the activation.</param>
    /// <param name="gradient">g; replaced.</param>
    /// <param name="scratch">Overwritten; as long as <paramref name="z"/>.</param>
    public void PassThroughActivation(ReadOnlySpan<T> z, Span<T> gradient, Span<T> scratch)
    {
        TensorPrimitives.Divide(gradient, scale, gradient);
        TensorPrimitives.Add(z, gradient, scratch);
        activation.Apply(scratch, gradient);
        activation.Apply(z, scratch);
        TensorPrimitives.Subtract(gradient, scratch, gradient);
        TensorPrimitives.Multiply(gradient, scale, gradient);
    }
}
