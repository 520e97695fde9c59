using System.Numerics;
using TinT.Reference.Matrices;
using TinT.Runtime.Simulation;

namespace TinT.Reference.Backward;

/// <summary>Gradients of activations during a backward pass; each block overwrites those of the block above.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="description">Shape of the model.</param>
/// <param name="rows">Tokens T.</param>
internal sealed class BackwardBuffers<T>(AuxiliaryDescription description, int rows)
    where T : IFloatingPointIeee754<T>
{
    /// <summary>∂logits, [T, V].</summary>
    public Matrix<T> Logits { get; } = new(rows, description.VocabularySize);

    /// <summary>∂o and, in the blocks, ∂u and ∂a: the gradient at a layer norm's output, [T, D].</summary>
    public Matrix<T> NormOutput { get; } = new(rows, description.HiddenSize);

    /// <summary>The gradient at a layer norm's input, [T, D].</summary>
    public Matrix<T> NormInput { get; } = new(rows, description.HiddenSize);

    /// <summary>∂h: the gradient in the residual stream, [T, D].</summary>
    public Matrix<T> Residual { get; } = new(rows, description.HiddenSize);

    /// <summary>∂s, then ∂z, [T, K·D].</summary>
    public Matrix<T> Activated { get; } = new(rows, description.IntermediateSize);

    /// <summary>act′(z) or another scratch of its shape, [T, K·D].</summary>
    public Matrix<T> Derivative { get; } = new(rows, description.IntermediateSize);

    /// <summary>∂c, [T, D].</summary>
    public Matrix<T> Context { get; } = new(rows, description.HiddenSize);

    /// <summary>∂q, [T, D].</summary>
    public Matrix<T> Query { get; } = new(rows, description.HiddenSize);

    /// <summary>∂k, [T, D].</summary>
    public Matrix<T> Key { get; } = new(rows, description.HiddenSize);

    /// <summary>∂v, [T, D].</summary>
    public Matrix<T> Value { get; } = new(rows, description.HiddenSize);

    /// <summary>Gradient of the attention scores, [heads · T, T].</summary>
    public Matrix<T> Scores { get; } = new(description.HeadCount * rows, rows);
}
