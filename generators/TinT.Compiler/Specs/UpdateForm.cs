namespace TinT.Compiler.Specs;

/// <summary>How the passes after an inner step see its descent. Both forms give the same numbers within rounding.</summary>
public enum UpdateForm
{
    /// <summary><c>auto</c>: whichever costs less for the number of tokens of a run.</summary>
    Auto,

    /// <summary><c>primal</c>: updated copies of the weights, W − lr Σ_s g_s x_sᵀ.</summary>
    Primal,

    /// <summary><c>dual</c>: the stored weights and attention without softmax over the training tokens, x_t Wᵀ − lr Σ_s ⟨x_t, x_s⟩ g_s.</summary>
    Dual,
}
