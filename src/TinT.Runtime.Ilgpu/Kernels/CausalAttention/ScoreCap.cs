namespace TinT.Runtime.Ilgpu.Kernels.CausalAttention;

/// <summary>What bounds scores: c tanh(score / c) stands for them before distances are added. The default leaves them as they are.</summary>
/// <param name="value">c.</param>
public readonly struct ScoreCap(float value)
{
    /// <summary>c.</summary>
    internal readonly float Value = value;

    /// <summary>Whether scores are bounded.</summary>
    internal readonly bool Applies = true;
}
