using TinT.Model.Parameters;

namespace TinT.Model.Architectures;

/// <summary>OPT: pre-layer-norm, learned positions at offset 2, ReLU; matrices stored [outputs, inputs].</summary>
internal static class Opt
{
    public static Architecture Architecture { get; } = new()
    {
        Name = "opt",
        Activation = "relu",
        ActivationField = "activation_function",
        Sizes =
        [
            new("auxiliary.hidden_size", sizes => sizes.HiddenSize, "hidden_size"),
            new("auxiliary.num_hidden_layers", sizes => sizes.LayerCount, "num_hidden_layers"),
            new("auxiliary.num_attention_heads", sizes => sizes.HeadCount, "num_attention_heads"),
            new("auxiliary.intermediate_size", sizes => sizes.IntermediateSize, "ffn_dim"),
            new("auxiliary.max_position_embeddings", sizes => sizes.MaxPositionEmbeddings, "max_position_embeddings"),
            new("auxiliary.vocab_size", sizes => sizes.VocabularySize, "vocab_size"),
        ],
        Flags = [("do_layer_norm_before", true), ("enable_bias", true), ("layer_norm_elementwise_affine", true), ("_remove_final_layer_norm", false)],
        EmbeddingSizeField = "word_embed_proj_dim",
        UnusedPositions = 2,
        LineStartToken = "</s>",
        Tensors =
        [
            new("model.decoder.embed_tokens.weight", ParameterKind.TokenEmbedding),
            new("model.decoder.embed_positions.weight", ParameterKind.PositionEmbedding),
            new("model.decoder.layers.{0}.self_attn_layer_norm.weight", ParameterKind.AttentionNormGain),
            new("model.decoder.layers.{0}.self_attn_layer_norm.bias", ParameterKind.AttentionNormBias),
            new("model.decoder.layers.{0}.self_attn.q_proj.weight", ParameterKind.QueryWeight),
            new("model.decoder.layers.{0}.self_attn.q_proj.bias", ParameterKind.QueryBias),
            new("model.decoder.layers.{0}.self_attn.k_proj.weight", ParameterKind.KeyWeight),
            new("model.decoder.layers.{0}.self_attn.k_proj.bias", ParameterKind.KeyBias),
            new("model.decoder.layers.{0}.self_attn.v_proj.weight", ParameterKind.ValueWeight),
            new("model.decoder.layers.{0}.self_attn.v_proj.bias", ParameterKind.ValueBias),
            new("model.decoder.layers.{0}.self_attn.out_proj.weight", ParameterKind.OutputWeight),
            new("model.decoder.layers.{0}.self_attn.out_proj.bias", ParameterKind.OutputBias),
            new("model.decoder.layers.{0}.final_layer_norm.weight", ParameterKind.FeedForwardNormGain),
            new("model.decoder.layers.{0}.final_layer_norm.bias", ParameterKind.FeedForwardNormBias),
            new("model.decoder.layers.{0}.fc1.weight", ParameterKind.ExpandWeight),
            new("model.decoder.layers.{0}.fc1.bias", ParameterKind.ExpandBias),
            new("model.decoder.layers.{0}.fc2.weight", ParameterKind.ContractWeight),
            new("model.decoder.layers.{0}.fc2.bias", ParameterKind.ContractBias),
            new("model.decoder.final_layer_norm.weight", ParameterKind.FinalNormGain),
            new("model.decoder.final_layer_norm.bias", ParameterKind.FinalNormBias),
        ],
    };
}
