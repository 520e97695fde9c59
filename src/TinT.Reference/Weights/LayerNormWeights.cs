using System.Numerics;
using TinT.Reference.Matrices;

namespace TinT.Reference.Weights;

/// <summary>Weights of a layer norm y = LN₀(x) Gᵀ + β, or their gradients; a tensor without elements is not trained.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Gain">The gain of the checkpoint, the diagonal of G, [D].</param>
/// <param name="Bias">β, [D].</param>
public sealed record LayerNormWeights<T>(T[] Gain, T[] Bias)
    where T : IFloatingPointIeee754<T>
{
    /// <summary>
    /// G as a full matrix, [D, D], where TinT's <c>layer_norm: full</c> trains it as one; <see langword="null"/> where
    /// it is diag(<see cref="Gain"/>).
    /// </summary>
    public Matrix<T>? GainMatrix { get; internal set; }
}
