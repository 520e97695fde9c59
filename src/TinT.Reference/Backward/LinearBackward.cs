using System.Numerics;
using System.Numerics.Tensors;
using TinT.Reference.Matrices;
using TinT.Reference.Weights;

namespace TinT.Reference.Backward;

/// <summary>Gradients of a linear module y = x Wᵀ + b.</summary>
internal sealed class LinearBackward<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly MatrixProducts<T> products;

    public LinearBackward(MatrixProducts<T> products) => this.products = products;

    /// <summary>∂x (+)= g W.</summary>
    /// <param name="linear">W, b.</param>
    /// <param name="outputGradient">g, [rows, outputs].</param>
    /// <param name="inputGradient">Receives ∂x, [rows, inputs].</param>
    /// <param name="accumulate">Whether it is added to what <paramref name="inputGradient"/> holds.</param>
    public void PassDown(LinearWeights<T> linear, Matrix<T> outputGradient, Matrix<T> inputGradient, bool accumulate = false) =>
        products.By(outputGradient, linear.Weight, inputGradient, accumulate);

    /// <summary>∂W += Σ_t g_t x_tᵀ, ∂b += Σ_t g_t.</summary>
    /// <param name="gradients">∂W, ∂b; what has no elements is left alone.</param>
    /// <param name="input">x, [rows, inputs].</param>
    /// <param name="outputGradient">g, [rows, outputs].</param>
    public void Accumulate(LinearWeights<T> gradients, Matrix<T> input, Matrix<T> outputGradient)
    {
        if (gradients.Weight.Rows > 0)
            products.TransposedBy(outputGradient, input.FirstRows(outputGradient.Rows), gradients.Weight, accumulate: true);
        if (gradients.Bias.Length > 0)
            AddRows(outputGradient, gradients.Bias);
    }

    /// <summary>Adds all rows of a matrix to a vector.</summary>
    /// <param name="matrix">[rows, columns].</param>
    /// <param name="sum">[columns].</param>
    public static void AddRows(Matrix<T> matrix, Span<T> sum)
    {
        for (int row = 0; row < matrix.Rows; row++)
            TensorPrimitives.Add(sum, matrix.Row(row), sum);
    }
}
