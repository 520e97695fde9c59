using TinT.Runtime.Ilgpu.Kernels.Formulas;

namespace TinT.Runtime.Ilgpu.Kernels.CausalAttention;

/// <summary>Scores of a head.</summary>
/// <param name="scale">Factor of ⟨q, k⟩.</param>
/// <param name="cap">What bounds them.</param>
/// <param name="slope">The head's slope, if distances add something.</param>
/// <param name="alibi">What they add.</param>
internal readonly struct Score(float scale, ScoreCap cap, float slope, Alibi alibi)
{
    private readonly float scale = scale, slope = slope;
    private readonly ScoreCap cap = cap;
    private readonly Alibi alibi = alibi;

    /// <summary>The score of a query that sees a key.</summary>
    /// <param name="product">⟨q, k⟩.</param>
    /// <param name="query">The query.</param>
    /// <param name="key">The key.</param>
    public float Of(float product, int query, int key) =>
        alibi.Applies ? Bounded(product) + (slope * (alibi.Positions[key] - alibi.Positions[query])) : Bounded(product);

    /// <summary>By how much a score changes with ⟨q, k⟩.</summary>
    /// <param name="product">⟨q, k⟩.</param>
    public float Slope(float product)
    {
        if (!cap.Applies)
            return scale;
        float tangent = Tangent(product);
        return scale * (1f - tangent) * (1f + tangent);
    }

    private float Bounded(float product) => cap.Applies ? cap.Value * Tangent(product) : product * scale;

    private float Tangent(float product) => Evaluation.Tanh(product * scale / cap.Value);
}
