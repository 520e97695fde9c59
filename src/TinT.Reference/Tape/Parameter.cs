using System.Numerics;
using System.Numerics.Tensors;
using TinT.Reference.Matrices;

namespace TinT.Reference.Tape;

/// <summary>A parameter tensor of the model, a vector as one row, and its gradient if it is trained.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="value">The weights.</param>
/// <param name="isTrained">Whether it has a gradient.</param>
internal sealed class Parameter<T>(Matrix<T> value, bool isTrained)
    where T : IFloatingPointIeee754<T>
{
    private readonly Matrix<T>? gradient = isTrained ? new Matrix<T>(value.Rows, value.Columns) : null;

    /// <summary>The weights.</summary>
    public Matrix<T> Value { get; } = value;

    /// <summary>Whether it has a gradient.</summary>
    public bool IsTrained => gradient is not null;

    /// <summary>The gradient of this step; <see langword="null"/> if nothing was added to it.</summary>
    public Matrix<T>? Gradient => HasGradient ? gradient : null;

    private bool HasGradient { get; set; }

    /// <summary>Forgets the gradient.</summary>
    public void Clear() => HasGradient = false;

    /// <summary>Adds Σ_t g_t x_tᵀ.</summary>
    public void AddProduct(MatrixProducts<T> products, Matrix<T> outputGradient, Matrix<T> input)
    {
        if (gradient is null)
            return;
        products.TransposedBy(outputGradient, input, gradient, accumulate: HasGradient);
        HasGradient = true;
    }

    /// <summary>Adds a vector for each token, to the row of the gradient that belongs to it.</summary>
    /// <param name="tokens">Tokens.</param>
    /// <param name="row">Row of the gradient, by token.</param>
    /// <param name="add">Adds a token's vector to a row.</param>
    public void AddRows(int tokens, Func<int, int> row, Action<int, Span<T>> add)
    {
        if (gradient is null)
            return;
        if (!HasGradient)
            gradient.AsSpan().Clear();
        HasGradient = true;
        for (int token = 0; token < tokens; token++)
            add(token, gradient.Row(row(token)));
    }

    /// <summary>Adds Σ_t g_t to a vector.</summary>
    public void AddSum(Matrix<T> outputGradient) =>
        AddRows(outputGradient.Rows, _ => 0, (token, sum) => TensorPrimitives.Add<T>(sum, outputGradient.Row(token), sum));
}
