namespace TinT.Model.Parameters;

/// <summary>A parameter tensor's role in the auxiliary model. Matrices are [outputs, inputs].</summary>
public enum ParameterKind
{
    /// <summary>E, token embedding and output head, [V, D].</summary>
    TokenEmbedding,

    /// <summary>Position table, [context, D]; OPT has two unused rows at its front.</summary>
    PositionEmbedding,

    /// <summary>Diagonal of G₁, [D].</summary>
    AttentionNormGain,

    /// <summary>β₁, [D].</summary>
    AttentionNormBias,

    /// <summary>W_q, [D, D].</summary>
    QueryWeight,

    /// <summary>b_q, [D].</summary>
    QueryBias,

    /// <summary>W_k, [D, D].</summary>
    KeyWeight,

    /// <summary>b_k, [D].</summary>
    KeyBias,

    /// <summary>W_v, [D, D].</summary>
    ValueWeight,

    /// <summary>b_v, [D].</summary>
    ValueBias,

    /// <summary>W_o, [D, D].</summary>
    OutputWeight,

    /// <summary>b_o, [D].</summary>
    OutputBias,

    /// <summary>Diagonal of G₂, [D].</summary>
    FeedForwardNormGain,

    /// <summary>β₂, [D].</summary>
    FeedForwardNormBias,

    /// <summary>W_1, [K·D, D].</summary>
    ExpandWeight,

    /// <summary>c_1, [K·D].</summary>
    ExpandBias,

    /// <summary>W_2, [D, K·D].</summary>
    ContractWeight,

    /// <summary>c_2, [D].</summary>
    ContractBias,

    /// <summary>Diagonal of G_f, [D].</summary>
    FinalNormGain,

    /// <summary>β_f, [D].</summary>
    FinalNormBias,
}
