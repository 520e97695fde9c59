namespace TinT.Model.Parameters;

/// <summary>A parameter tensor's role in the auxiliary model. Matrices are [outputs, inputs].</summary>
public enum ParameterKind
{
    /// <summary>E, token embedding and, unless there is a <see cref="HeadWeight"/>, output head, [V, E].</summary>
    TokenEmbedding,

    /// <summary>Position table, [unused rows + context, D].</summary>
    PositionEmbedding,

    /// <summary>W_in, from token embeddings to the hidden state, [D, E].</summary>
    ProjectInWeight,

    /// <summary>Diagonal of G_e, [D].</summary>
    EmbeddingNormGain,

    /// <summary>β_e, [D].</summary>
    EmbeddingNormBias,

    /// <summary>Diagonal of G₁, [D].</summary>
    AttentionNormGain,

    /// <summary>β₁, [D].</summary>
    AttentionNormBias,

    /// <summary>W_q, [h·d, D].</summary>
    QueryWeight,

    /// <summary>b_q, [h·d].</summary>
    QueryBias,

    /// <summary>W_k, [h_k·d, D].</summary>
    KeyWeight,

    /// <summary>b_k, [h_k·d].</summary>
    KeyBias,

    /// <summary>W_v, [h_k·d, D].</summary>
    ValueWeight,

    /// <summary>b_v, [h_k·d].</summary>
    ValueBias,

    /// <summary>Diagonal of G_q, one for all heads, [d].</summary>
    QueryNormGain,

    /// <summary>Diagonal of G_k, one for all heads, [d].</summary>
    KeyNormGain,

    /// <summary>W_o, [D, h·d].</summary>
    OutputWeight,

    /// <summary>b_o, [D].</summary>
    OutputBias,

    /// <summary>Diagonal of G₁′, behind attention, [D].</summary>
    AttentionOutputNormGain,

    /// <summary>Diagonal of G₂, [D].</summary>
    FeedForwardNormGain,

    /// <summary>β₂, [D].</summary>
    FeedForwardNormBias,

    /// <summary>W_g, [I, D].</summary>
    GateWeight,

    /// <summary>b_g, [I].</summary>
    GateBias,

    /// <summary>W₁, [I, D].</summary>
    UpWeight,

    /// <summary>c₁, [I].</summary>
    UpBias,

    /// <summary>W₂, [D, I].</summary>
    DownWeight,

    /// <summary>c₂, [D].</summary>
    DownBias,

    /// <summary>Diagonal of G₂′, behind the feed-forward module, [D].</summary>
    FeedForwardOutputNormGain,

    /// <summary>Diagonal of G_f, [D].</summary>
    FinalNormGain,

    /// <summary>β_f, [D].</summary>
    FinalNormBias,

    /// <summary>W_out, from the hidden state to token embeddings, [E, D].</summary>
    ProjectOutWeight,

    /// <summary>W_h, an output head of its own, [V, E].</summary>
    HeadWeight,

    /// <summary>b_h, [V].</summary>
    HeadBias,
}
