using System.Numerics;
using TinT.Reference.Matrices;

namespace TinT.Reference.Weights;

/// <summary>Weights of a linear module y = x Wᵀ + b, or their gradients; a tensor without elements is not trained.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Weight">W, [outputs, inputs].</param>
/// <param name="Bias">b, [outputs].</param>
public sealed record LinearWeights<T>(Matrix<T> Weight, T[] Bias)
    where T : IFloatingPointIeee754<T>;
