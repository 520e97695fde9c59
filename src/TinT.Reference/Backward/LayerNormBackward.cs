using System.Numerics;
using System.Numerics.Tensors;
using TinT.Reference.Forward;
using TinT.Reference.Matrices;
using TinT.Reference.Weights;

namespace TinT.Reference.Backward;

/// <summary>True gradients of a layer norm y = LN₀(x) Gᵀ + β.</summary>
internal sealed class LayerNormBackward<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly Workers workers;
    private readonly MatrixProducts<T> products;

    public LayerNormBackward(Workers workers, MatrixProducts<T> products)
    {
        this.workers = workers;
        this.products = products;
    }

    /// <summary>∂x̂ = g G.</summary>
    /// <param name="norm">G, β.</param>
    /// <param name="outputGradient">g, [rows, D].</param>
    /// <param name="normalisedGradient">Receives ∂x̂, [rows, D]; another matrix than <paramref name="outputGradient"/>.</param>
    public void PassThroughGain(LayerNormWeights<T> norm, Matrix<T> outputGradient, Matrix<T> normalisedGradient)
    {
        if (norm.GainMatrix is { } gain)
            products.By(outputGradient, gain, normalisedGradient);
        else
            workers.ForEachRow(outputGradient.Rows, row => TensorPrimitives.Multiply<T>(outputGradient.Row(row), norm.Gain, normalisedGradient.Row(row)));
    }

    /// <summary>∂x = (∂x̂ − mean ∂x̂ − x̂ · mean(∂x̂ ∘ x̂)) / sqrt(ε + variance).</summary>
    /// <param name="activations">x̂ and the inverse deviations.</param>
    /// <param name="normalisedGradient">∂x̂, [rows, D]; replaced by ∂x.</param>
    public void PassThroughNormalisation(NormActivations<T> activations, Matrix<T> normalisedGradient) =>
        workers.ForEachRow(normalisedGradient.Rows, row =>
        {
            Span<T> gradient = normalisedGradient.Row(row);
            Span<T> normalised = activations.Normalised.Row(row);
            T size = T.CreateChecked(gradient.Length);
            T mean = TensorPrimitives.Sum<T>(gradient) / size;
            T projection = TensorPrimitives.Dot<T>(gradient, normalised) / size;
            TensorPrimitives.MultiplyAdd(normalised, -projection, gradient, gradient);
            TensorPrimitives.Subtract(gradient, mean, gradient);
            TensorPrimitives.Multiply(gradient, activations.InverseDeviations[row], gradient);
        });

    /// <summary>∂gain += Σ_t g_t ∘ x̂_t, ∂β += Σ_t g_t; with a full G, ∂G += Σ_t g_t x̂_tᵀ.</summary>
    /// <param name="gradients">∂G, ∂β; what has no elements is left alone.</param>
    /// <param name="activations">x̂.</param>
    /// <param name="outputGradient">g, [rows, D].</param>
    public void Accumulate(LayerNormWeights<T> gradients, NormActivations<T> activations, Matrix<T> outputGradient)
    {
        if (gradients.Bias.Length > 0)
            LinearBackward<T>.AddRows(outputGradient, gradients.Bias);
        if (gradients.GainMatrix is { } matrix)
        {
            products.TransposedBy(outputGradient, activations.Normalised.FirstRows(outputGradient.Rows), matrix, accumulate: true);
        }
        else if (gradients.Gain.Length > 0)
        {
            for (int row = 0; row < outputGradient.Rows; row++)
                TensorPrimitives.MultiplyAdd<T>(outputGradient.Row(row), activations.Normalised.Row(row), gradients.Gain, gradients.Gain);
        }
    }
}
