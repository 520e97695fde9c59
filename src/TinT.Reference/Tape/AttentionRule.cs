namespace TinT.Reference.Tape;

/// <summary>How gradients pass through attention c = A v.</summary>
internal enum AttentionRule
{
    /// <summary>To v, as if A were the identity.</summary>
    None,

    /// <summary>To v through Aᵀ.</summary>
    Values,

    /// <summary>To v, and through the scores to q and k.</summary>
    Exact,
}
