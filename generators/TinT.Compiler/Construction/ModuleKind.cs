namespace TinT.Compiler.Construction;

/// <summary>Kinds of auxiliary modules the simulator stands for.</summary>
public enum ModuleKind
{
    /// <summary>Token and position embedding.</summary>
    Embedding,

    /// <summary>y = x Wᵀ + b, one D×D matrix.</summary>
    Linear,

    /// <summary>Layer norm with its gain laid out as a D×D matrix.</summary>
    LayerNorm,

    /// <summary>Softmax attention of the auxiliary model, over q, k and v.</summary>
    Attention,

    /// <summary>Element-wise activation on one D-wide block.</summary>
    Activation,

    /// <summary>Sum of a residual branch and its blocks.</summary>
    Residual,

    /// <summary>Head, loss and the gradient at the head's input.</summary>
    LossGradient,
}
