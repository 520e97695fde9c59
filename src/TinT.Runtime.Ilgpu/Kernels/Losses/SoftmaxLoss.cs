using ILGPU.Algorithms;

namespace TinT.Runtime.Ilgpu.Kernels.Losses;

/// <summary>m softmax(logit).</summary>
public readonly struct SoftmaxLoss : ILossCoefficient
{
    /// <inheritdoc/>
    public static float Coefficient(float weight, float logit, float largest, float sum) => weight == 0f ? 0f : weight * XMath.Exp(logit - largest) / sum;
}
