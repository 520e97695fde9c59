using System.Numerics;

namespace TinT.Reference.Weights;

/// <summary>Weights of one pre-norm transformer block, or their gradients.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="AttentionNorm">G₁, β₁.</param>
/// <param name="Query">W_q, b_q.</param>
/// <param name="Key">W_k, b_k.</param>
/// <param name="Value">W_v, b_v.</param>
/// <param name="Output">W_o, b_o.</param>
/// <param name="FeedForwardNorm">G₂, β₂.</param>
/// <param name="Expand">W_1, c_1.</param>
/// <param name="Contract">W_2, c_2.</param>
public sealed record AuxiliaryBlock<T>(
    LayerNormWeights<T> AttentionNorm,
    LinearWeights<T> Query,
    LinearWeights<T> Key,
    LinearWeights<T> Value,
    LinearWeights<T> Output,
    LayerNormWeights<T> FeedForwardNorm,
    LinearWeights<T> Expand,
    LinearWeights<T> Contract)
    where T : IFloatingPointIeee754<T>;
