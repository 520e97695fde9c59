namespace TinT.Runtime.Ilgpu.Kernels.Losses;

/// <summary>A token's coefficient in the loss gradient, which is a sum over the token embedding.</summary>
public interface ILossCoefficient
{
    /// <summary>The coefficient.</summary>
    /// <param name="weight">Factor m of the row's gradient.</param>
    /// <param name="logit">The token's logit.</param>
    /// <param name="largest">Largest logit of the row.</param>
    /// <param name="sum">Σ exp(logit − largest).</param>
    static abstract float Coefficient(float weight, float logit, float largest, float sum);
}
