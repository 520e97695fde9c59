using ILGPU;
using ILGPU.Runtime;

namespace TinT.Runtime.Ilgpu.Kernels.Losses;

/// <summary>A token's coefficient in the loss gradient, which is a sum over the token embedding.</summary>
public interface ILossCoefficient
{
    /// <summary>The coefficient.</summary>
    /// <param name="weight">Factor m of the row's gradient.</param>
    /// <param name="logits">Logits.</param>
    /// <param name="place">Place of the token's, which is read only if the coefficient depends on it.</param>
    /// <param name="vocabulary">Tokens V.</param>
    /// <param name="largest">Largest logit of the row.</param>
    /// <param name="sum">Σ exp(logit − largest).</param>
    static abstract float Coefficient(float weight, ArrayView1D<float, Stride1D.Dense> logits, int place, int vocabulary, float largest, float sum);
}
