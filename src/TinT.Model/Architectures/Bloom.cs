using TinT.Model.Parameters;
using static TinT.Model.Architectures.AuxiliaryOptionTable;

namespace TinT.Model.Architectures;

/// <summary>BLOOM: pre-layer-norm, normalized token embeddings, ALiBi, tanh-GELU of width 4·D; q, k and v of each head side by side.</summary>
internal static class Bloom
{
    public static Architecture Architecture { get; } = new()
    {
        Name = "bloom",
        ClassName = "Bloom",
        Activation = "gelu_new",
        Positions = [PositionKind.Alibi],
        HasEmbeddingNorm = true,
        Fields =
        [
            new(HiddenSize, "hidden_size", "n_embed") { IsRequired = true },
            new(LayerCount, "n_layer", "num_hidden_layers") { IsRequired = true },
            new(HeadCount, "n_head", "num_attention_heads") { IsRequired = true },
            new(MaxPositionEmbeddings, "seq_length"),
            new(VocabularySize, "vocab_size") { IsRequired = true },
            new(NormEpsilon, "layer_norm_epsilon"),
            new(TieWordEmbeddings, "tie_word_embeddings"),
        ],
        Flags = [("apply_residual_connection_post_layernorm", false)],
        Tensors =
        [
            new("transformer.word_embeddings.weight", ParameterKind.TokenEmbedding),
            new("transformer.word_embeddings_layernorm.weight", ParameterKind.EmbeddingNormGain),
            new("transformer.word_embeddings_layernorm.bias", ParameterKind.EmbeddingNormBias),
            new("transformer.h.{0}.input_layernorm.weight", ParameterKind.AttentionNormGain),
            new("transformer.h.{0}.input_layernorm.bias", ParameterKind.AttentionNormBias),
            new("transformer.h.{0}.self_attention.query_key_value.weight", ParameterKind.QueryWeight, ParameterKind.KeyWeight, ParameterKind.ValueWeight) { InterleavesGroups = true },
            new("transformer.h.{0}.self_attention.query_key_value.bias", ParameterKind.QueryBias, ParameterKind.KeyBias, ParameterKind.ValueBias) { InterleavesGroups = true },
            new("transformer.h.{0}.self_attention.dense.weight", ParameterKind.OutputWeight),
            new("transformer.h.{0}.self_attention.dense.bias", ParameterKind.OutputBias),
            new("transformer.h.{0}.post_attention_layernorm.weight", ParameterKind.FeedForwardNormGain),
            new("transformer.h.{0}.post_attention_layernorm.bias", ParameterKind.FeedForwardNormBias),
            new("transformer.h.{0}.mlp.dense_h_to_4h.weight", ParameterKind.UpWeight),
            new("transformer.h.{0}.mlp.dense_h_to_4h.bias", ParameterKind.UpBias),
            new("transformer.h.{0}.mlp.dense_4h_to_h.weight", ParameterKind.DownWeight),
            new("transformer.h.{0}.mlp.dense_4h_to_h.bias", ParameterKind.DownBias),
            new("transformer.ln_f.weight", ParameterKind.FinalNormGain),
            new("transformer.ln_f.bias", ParameterKind.FinalNormBias),
            new("lm_head.weight", ParameterKind.HeadWeight),
        ],
    };
}
