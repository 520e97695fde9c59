using TinT.Model.Parameters;
using static TinT.Model.Architectures.AuxiliaryOptionTable;

namespace TinT.Model.Architectures;

/// <summary>LLaMA: RMSNorm before the branches, rotary positions, grouped heads of keys and values, gated SiLU, no biases, often a head of its own.</summary>
internal static class Llama
{
    public static Architecture Architecture { get; } = new()
    {
        Name = "llama",
        ClassName = "Llama",
        Norm = "rms_norm",
        Epsilon = 1e-6,
        Activation = "silu",
        IsGated = true,
        Positions = [PositionKind.Rotary],
        TiesEmbeddings = false,
        Biases = ModuleBiases.None,
        Options = [KeyValueHeadCount, HeadSize, RopeTheta, Scaling, AttentionBias, FeedForwardBias],
        Fields = [.. CommonFields, new(AttentionBias, "attention_bias"), new(FeedForwardBias, "mlp_bias")],
        Tensors =
        [
            new("model.embed_tokens.weight", ParameterKind.TokenEmbedding),
            new("model.layers.{0}.input_layernorm.weight", ParameterKind.AttentionNormGain),
            new("model.layers.{0}.self_attn.q_proj.weight", ParameterKind.QueryWeight),
            new("model.layers.{0}.self_attn.q_proj.bias", ParameterKind.QueryBias),
            new("model.layers.{0}.self_attn.k_proj.weight", ParameterKind.KeyWeight),
            new("model.layers.{0}.self_attn.k_proj.bias", ParameterKind.KeyBias),
            new("model.layers.{0}.self_attn.v_proj.weight", ParameterKind.ValueWeight),
            new("model.layers.{0}.self_attn.v_proj.bias", ParameterKind.ValueBias),
            new("model.layers.{0}.self_attn.q_norm.weight", ParameterKind.QueryNormGain),
            new("model.layers.{0}.self_attn.k_norm.weight", ParameterKind.KeyNormGain),
            new("model.layers.{0}.self_attn.o_proj.weight", ParameterKind.OutputWeight),
            new("model.layers.{0}.self_attn.o_proj.bias", ParameterKind.OutputBias),
            new("model.layers.{0}.post_attention_layernorm.weight", ParameterKind.FeedForwardNormGain),
            new("model.layers.{0}.mlp.gate_proj.weight", ParameterKind.GateWeight),
            new("model.layers.{0}.mlp.gate_proj.bias", ParameterKind.GateBias),
            new("model.layers.{0}.mlp.up_proj.weight", ParameterKind.UpWeight),
            new("model.layers.{0}.mlp.up_proj.bias", ParameterKind.UpBias),
            new("model.layers.{0}.mlp.down_proj.weight", ParameterKind.DownWeight),
            new("model.layers.{0}.mlp.down_proj.bias", ParameterKind.DownBias),
            new("model.norm.weight", ParameterKind.FinalNormGain),
            new("lm_head.weight", ParameterKind.HeadWeight),
        ],
    };

    /// <summary>Fields that the models built like this one share.</summary>
    public static IReadOnlyList<ConfigurationField> CommonFields =>
    [
        new(HiddenSize, "hidden_size") { IsRequired = true },
        new(LayerCount, "num_hidden_layers") { IsRequired = true },
        new(HeadCount, "num_attention_heads") { IsRequired = true },
        new(KeyValueHeadCount, "num_key_value_heads"),
        new(HeadSize, "head_dim"),
        new(IntermediateSize, "intermediate_size") { IsRequired = true },
        new(MaxPositionEmbeddings, "max_position_embeddings") { IsRequired = true },
        new(VocabularySize, "vocab_size") { IsRequired = true },
        new(Activation, "hidden_act"),
        new(NormEpsilon, "rms_norm_eps"),
        RopeFields.Theta,
        RopeFields.Scaling,
        new(TieWordEmbeddings, "tie_word_embeddings"),
    ];
}
