namespace TinT.Runtime.Ilgpu.Kernels.Losses;

/// <summary>m logit.</summary>
public readonly struct QuadraticLoss : ILossCoefficient
{
    /// <inheritdoc/>
    public static float Coefficient(float weight, float logit, float largest, float sum) => weight * logit;
}
