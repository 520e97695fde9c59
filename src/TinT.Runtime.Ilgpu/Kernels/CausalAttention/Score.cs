namespace TinT.Runtime.Ilgpu.Kernels.CausalAttention;

/// <summary>Scores of a head.</summary>
/// <param name="scale">Factor of ⟨q, k⟩.</param>
/// <param name="slope">The head's slope, if distances add something.</param>
/// <param name="alibi">What they add.</param>
internal readonly struct Score(float scale, float slope, Alibi alibi)
{
    private readonly float slope = slope;
    private readonly Alibi alibi = alibi;

    /// <summary>Factor of ⟨q, k⟩.</summary>
    public readonly float Scale = scale;

    /// <summary>The score of a query that sees a key.</summary>
    /// <param name="product">⟨q, k⟩.</param>
    /// <param name="query">The query.</param>
    /// <param name="key">The key.</param>
    public float Of(float product, int query, int key) =>
        alibi.Applies ? (product * Scale) + (slope * (alibi.Positions[key] - alibi.Positions[query])) : product * Scale;
}
