using ILGPU;
using ILGPU.Runtime;

namespace TinT.Runtime.Ilgpu.Kernels.Losses;

/// <summary>m logit.</summary>
public readonly struct QuadraticLoss : ILossCoefficient
{
    /// <inheritdoc/>
    public static float Coefficient(float weight, ArrayView1D<float, Stride1D.Dense> logits, int place, int vocabulary, float largest, float sum) =>
        weight * logits[place];
}
