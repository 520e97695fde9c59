namespace TinT.Compiler.Construction;

/// <summary>Kinds of auxiliary modules the simulator stands for.</summary>
public enum ModuleKind
{
    /// <summary>Token and position embedding.</summary>
    Embedding,

    /// <summary>A norm of the token embeddings, fixed in the simulator.</summary>
    EmbeddingNorm,

    /// <summary>y = x Wᵀ between the widths of embeddings and of the hidden state, fixed in the simulator.</summary>
    Projection,

    /// <summary>y = x Wᵀ + b, one D×D matrix.</summary>
    Linear,

    /// <summary>A norm with its gain laid out as a D×D matrix.</summary>
    Norm,

    /// <summary>A norm of each head of queries or keys.</summary>
    HeadNorm,

    /// <summary>Queries or keys turned by their positions.</summary>
    Rotation,

    /// <summary>Softmax attention of the auxiliary model, over q, k and v.</summary>
    Attention,

    /// <summary>Element-wise activation on one D-wide block.</summary>
    Activation,

    /// <summary>Element-wise product of an activation and another signal, on one D-wide block.</summary>
    Gate,

    /// <summary>Sum of a residual branch and its blocks.</summary>
    Residual,

    /// <summary>Head, loss and the gradient at the head's input.</summary>
    LossGradient,
}
