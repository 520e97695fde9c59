using TinT.Runtime.Ilgpu.Kernels.Formulas;

namespace TinT.Runtime.Ilgpu.Kernels.CausalAttention;

/// <summary>Scores of a head.</summary>
/// <param name="scale">Factor of ⟨q, k⟩.</param>
/// <param name="cap">What bounds them; 0 for nothing.</param>
/// <param name="slope">The head's slope, if distances add something.</param>
/// <param name="alibi">What they add.</param>
internal readonly struct Score(float scale, float cap, float slope, Alibi alibi)
{
    private readonly float scale = scale, cap = cap, slope = slope;
    private readonly Alibi alibi = alibi;

    /// <summary>The score of a query that sees a key.</summary>
    /// <param name="product">⟨q, k⟩.</param>
    /// <param name="query">The query.</param>
    /// <param name="key">The key.</param>
    public float Of(float product, int query, int key)
    {
        float score = product * scale;
        if (cap != 0f)
            score = cap * Evaluation.Tanh(score / cap);
        return alibi.Applies ? score + (slope * (alibi.Positions[key] - alibi.Positions[query])) : score;
    }

    /// <summary>By how much a score changes with ⟨q, k⟩.</summary>
    /// <param name="product">⟨q, k⟩.</param>
    public float Slope(float product)
    {
        if (cap == 0f)
            return scale;
        float tangent = Evaluation.Tanh(product * scale / cap);
        return scale * (1f - tangent) * (1f + tangent);
    }
}
