using TinT.Model.Parameters;
using static TinT.Model.Architectures.AuxiliaryOptionTable;

namespace TinT.Model.Architectures;

/// <summary>GPT-NeoX, of which Pythia is: parallel branches behind a layer norm each, rotary positions in a quarter of each head, a head of its own; q, k and v of each head side by side.</summary>
internal static class GptNeoX
{
    public static Architecture Architecture { get; } = new()
    {
        Name = "gpt_neox",
        ClassName = "GPTNeoX",
        Block = BlockShape.ParallelTwoNorms,
        Activation = "gelu",
        Positions = [PositionKind.Rotary],
        TiesEmbeddings = false,
        Options = [RopeTheta, PartialRotaryFactor, Scaling, AttentionBias, ParallelResidual],
        Fields =
        [
            new(HiddenSize, "hidden_size") { IsRequired = true },
            new(LayerCount, "num_hidden_layers") { IsRequired = true },
            new(HeadCount, "num_attention_heads") { IsRequired = true },
            new(IntermediateSize, "intermediate_size") { IsRequired = true },
            new(MaxPositionEmbeddings, "max_position_embeddings") { IsRequired = true },
            new(VocabularySize, "vocab_size") { IsRequired = true },
            new(Activation, "hidden_act"),
            new(NormEpsilon, "layer_norm_eps"),
            new(RopeTheta, "rotary_emb_base", "rope_theta", "rope_parameters.rope_theta"),
            new(PartialRotaryFactor, "rotary_pct", "partial_rotary_factor", "rope_parameters.partial_rotary_factor") { Absent = 0.25 },
            RopeFields.Scaling,
            new(AttentionBias, "attention_bias"),
            new(ParallelResidual, "use_parallel_residual"),
            new(TieWordEmbeddings, "tie_word_embeddings"),
        ],
        Tensors =
        [
            new("gpt_neox.embed_in.weight", ParameterKind.TokenEmbedding),
            new("gpt_neox.layers.{0}.input_layernorm.weight", ParameterKind.AttentionNormGain),
            new("gpt_neox.layers.{0}.input_layernorm.bias", ParameterKind.AttentionNormBias),
            new("gpt_neox.layers.{0}.attention.query_key_value.weight", ParameterKind.QueryWeight, ParameterKind.KeyWeight, ParameterKind.ValueWeight) { InterleavesGroups = true },
            new("gpt_neox.layers.{0}.attention.query_key_value.bias", ParameterKind.QueryBias, ParameterKind.KeyBias, ParameterKind.ValueBias) { InterleavesGroups = true },
            new("gpt_neox.layers.{0}.attention.dense.weight", ParameterKind.OutputWeight),
            new("gpt_neox.layers.{0}.attention.dense.bias", ParameterKind.OutputBias),
            new("gpt_neox.layers.{0}.post_attention_layernorm.weight", ParameterKind.FeedForwardNormGain),
            new("gpt_neox.layers.{0}.post_attention_layernorm.bias", ParameterKind.FeedForwardNormBias),
            new("gpt_neox.layers.{0}.mlp.dense_h_to_4h.weight", ParameterKind.UpWeight),
            new("gpt_neox.layers.{0}.mlp.dense_h_to_4h.bias", ParameterKind.UpBias),
            new("gpt_neox.layers.{0}.mlp.dense_4h_to_h.weight", ParameterKind.DownWeight),
            new("gpt_neox.layers.{0}.mlp.dense_4h_to_h.bias", ParameterKind.DownBias),
            new("gpt_neox.final_layer_norm.weight", ParameterKind.FinalNormGain),
            new("gpt_neox.final_layer_norm.bias", ParameterKind.FinalNormBias),
            new("embed_out.weight", ParameterKind.HeadWeight),
        ],
    };
}
