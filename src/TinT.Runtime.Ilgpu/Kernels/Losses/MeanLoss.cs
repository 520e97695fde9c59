using ILGPU;
using ILGPU.Runtime;

namespace TinT.Runtime.Ilgpu.Kernels.Losses;

/// <summary>m / V, whatever the logit is.</summary>
public readonly struct MeanLoss : ILossCoefficient
{
    /// <inheritdoc/>
    public static float Coefficient(float weight, ArrayView1D<float, Stride1D.Dense> logits, int place, int vocabulary, float largest, float sum) =>
        weight / vocabulary;
}
