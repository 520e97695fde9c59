using System.Numerics;

namespace TinT.Reference.Tape;

/// <summary>Where a backward pass departs from the true gradients.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed record BackwardRules<T>
    where T : IFloatingPointIeee754<T>
{
    /// <summary>N of N (LN₀(x + g/N) − LN₀(x)); 0 for the true derivative.</summary>
    public T NormScale { get; init; } = T.Zero;

    /// <summary>N of N (act(z + g/N) − act(z)); 0 for the true derivative.</summary>
    public T ActivationScale { get; init; } = T.Zero;

    /// <summary>How gradients pass through attention.</summary>
    public AttentionRule Attention { get; init; } = AttentionRule.Exact;

    /// <summary>
    /// Whether only tokens of the training part change weights, and only they send back through attention: what token i sends reaches token j
    /// where i ≤ j or m_i = 1.
    /// </summary>
    public bool OnlyTraining { get; init; }
}
