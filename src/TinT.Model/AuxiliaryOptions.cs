namespace TinT.Model;

/// <summary>What a spec or a <c>config.json</c> says of an auxiliary model; the architecture says the rest. Names are those of spec keys.</summary>
public sealed record AuxiliaryOptions
{
    /// <summary><c>vocab_size</c>.</summary>
    public int? VocabularySize { get; init; }

    /// <summary><c>max_position_embeddings</c>.</summary>
    public int? MaxPositionEmbeddings { get; init; }

    /// <summary><c>hidden_size</c>.</summary>
    public int? HiddenSize { get; init; }

    /// <summary><c>num_hidden_layers</c>.</summary>
    public int? LayerCount { get; init; }

    /// <summary><c>num_attention_heads</c>.</summary>
    public int? HeadCount { get; init; }

    /// <summary><c>num_key_value_heads</c>.</summary>
    public int? KeyValueHeadCount { get; init; }

    /// <summary><c>head_dim</c>.</summary>
    public int? HeadSize { get; init; }

    /// <summary><c>intermediate_size</c>.</summary>
    public int? IntermediateSize { get; init; }

    /// <summary><c>word_embed_proj_dim</c>.</summary>
    public int? EmbeddingSize { get; init; }

    /// <summary><c>activation</c>, by its name.</summary>
    public string? Activation { get; init; }

    /// <summary><c>norm.epsilon</c>.</summary>
    public double? NormEpsilon { get; init; }

    /// <summary><c>norm.placement</c>.</summary>
    public NormPlacement? NormPlacement { get; init; }

    /// <summary><c>positions.kind</c>.</summary>
    public PositionKind? Positions { get; init; }

    /// <summary><c>positions.rope_theta</c>.</summary>
    public double? RopeTheta { get; init; }

    /// <summary><c>positions.partial_rotary_factor</c>.</summary>
    public double? PartialRotaryFactor { get; init; }

    /// <summary><c>positions.rotary_dim</c>.</summary>
    public int? RotarySize { get; init; }

    /// <summary><c>positions.rope_scaling</c>.</summary>
    public RopeScaling? RopeScaling { get; init; }

    /// <summary><c>attention_bias</c>.</summary>
    public bool? AttentionBias { get; init; }

    /// <summary><c>mlp_bias</c>.</summary>
    public bool? FeedForwardBias { get; init; }

    /// <summary><c>bias</c>.</summary>
    public bool? Bias { get; init; }

    /// <summary><c>sliding_window</c>; 0 for none.</summary>
    public int? SlidingWindow { get; init; }

    /// <summary><c>layer_types</c>: which layers have the window.</summary>
    public EquatableArray<bool>? SlidingLayers { get; init; }

    /// <summary><c>query_pre_attn_scalar</c>.</summary>
    public double? QueryScalar { get; init; }

    /// <summary><c>attn_logit_softcapping</c>.</summary>
    public double? ScoreCap { get; init; }

    /// <summary><c>final_logit_softcapping</c>.</summary>
    public double? LogitCap { get; init; }

    /// <summary><c>use_parallel_residual</c>.</summary>
    public bool? ParallelResidual { get; init; }

    /// <summary><c>new_decoder_architecture</c>.</summary>
    public bool? NewDecoderArchitecture { get; init; }

    /// <summary><c>tie_word_embeddings</c>.</summary>
    public bool? TieWordEmbeddings { get; init; }
}
