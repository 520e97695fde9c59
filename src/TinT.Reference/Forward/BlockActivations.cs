using System.Numerics;
using TinT.Reference.Matrices;
using TinT.Runtime.Simulation;

namespace TinT.Reference.Forward;

/// <summary>What one transformer block computed, in the letters of the equations.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="description">Shape of the model.</param>
/// <param name="rows">Tokens T.</param>
/// <param name="input">h, the block's input, [T, D].</param>
internal sealed class BlockActivations<T>(AuxiliaryDescription description, int rows, Matrix<T> input)
    where T : IFloatingPointIeee754<T>
{
    /// <summary>h, the input, [T, D].</summary>
    public Matrix<T> Input { get; } = input;

    /// <summary>x̂₁ and a.</summary>
    public NormActivations<T> AttentionNorm { get; } = new(rows, description.HiddenSize);

    /// <summary>q, [T, D], head after head.</summary>
    public Matrix<T> Query { get; } = new(rows, description.HiddenSize);

    /// <summary>k, [T, D], head after head.</summary>
    public Matrix<T> Key { get; } = new(rows, description.HiddenSize);

    /// <summary>v, [T, D], head after head.</summary>
    public Matrix<T> Value { get; } = new(rows, description.HiddenSize);

    /// <summary>A, [heads · T, T]: row head · T + i holds A[i, j], 0 for j &gt; i.</summary>
    public Matrix<T> Attention { get; } = new(description.HeadCount * rows, rows);

    /// <summary>c = A v, [T, D].</summary>
    public Matrix<T> Context { get; } = new(rows, description.HiddenSize);

    /// <summary>h′, the input of the feed-forward half, [T, D].</summary>
    public Matrix<T> Middle { get; } = new(rows, description.HiddenSize);

    /// <summary>x̂₂ and u.</summary>
    public NormActivations<T> FeedForwardNorm { get; } = new(rows, description.HiddenSize);

    /// <summary>z, [T, K·D].</summary>
    public Matrix<T> PreActivation { get; } = new(rows, description.IntermediateSize);

    /// <summary>s = act(z), [T, K·D].</summary>
    public Matrix<T> Activated { get; } = new(rows, description.IntermediateSize);

    /// <summary>The block's output, [T, D].</summary>
    public Matrix<T> Output { get; } = new(rows, description.HiddenSize);
}
