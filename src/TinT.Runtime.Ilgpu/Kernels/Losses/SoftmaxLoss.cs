using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Runtime;

namespace TinT.Runtime.Ilgpu.Kernels.Losses;

/// <summary>m softmax(logit).</summary>
public readonly struct SoftmaxLoss : ILossCoefficient
{
    /// <inheritdoc/>
    public static float Coefficient(float weight, ArrayView1D<float, Stride1D.Dense> logits, int place, int vocabulary, float largest, float sum) =>
        weight == 0f ? 0f : weight * XMath.Exp(logits[place] - largest) / sum;
}
