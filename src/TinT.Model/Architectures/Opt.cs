using TinT.Model.Parameters;
using static TinT.Model.Architectures.AuxiliaryOptionTable;

namespace TinT.Model.Architectures;

/// <summary>OPT: layer norms before the branches (behind them in OPT-350m, which also projects its token embeddings), learned positions at offset 2, ReLU.</summary>
internal static class Opt
{
    public static Architecture Architecture { get; } = new()
    {
        Name = "opt",
        ClassName = "OPT",
        Activation = "relu",
        UnusedPositions = 2,
        Options = [NormsBefore, EmbeddingSize, Bias],
        Fields =
        [
            new(HiddenSize, "hidden_size") { IsRequired = true },
            new(LayerCount, "num_hidden_layers") { IsRequired = true },
            new(HeadCount, "num_attention_heads") { IsRequired = true },
            new(IntermediateSize, "ffn_dim") { IsRequired = true },
            new(MaxPositionEmbeddings, "max_position_embeddings") { IsRequired = true },
            new(VocabularySize, "vocab_size") { IsRequired = true },
            new(EmbeddingSize, "word_embed_proj_dim"),
            new(Activation, "activation_function"),
            new(NormsBefore, "do_layer_norm_before"),
            new(Bias, "enable_bias"),
            new(TieWordEmbeddings, "tie_word_embeddings"),
        ],
        Flags = [("layer_norm_elementwise_affine", true), ("_remove_final_layer_norm", false)],
        LineStartToken = "</s>",
        Tensors =
        [
            new("model.decoder.embed_tokens.weight", ParameterKind.TokenEmbedding),
            new("model.decoder.embed_positions.weight", ParameterKind.PositionEmbedding),
            new("model.decoder.project_in.weight", ParameterKind.ProjectInWeight),
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
            new("model.decoder.layers.{0}.fc1.weight", ParameterKind.UpWeight),
            new("model.decoder.layers.{0}.fc1.bias", ParameterKind.UpBias),
            new("model.decoder.layers.{0}.fc2.weight", ParameterKind.DownWeight),
            new("model.decoder.layers.{0}.fc2.bias", ParameterKind.DownBias),
            new("model.decoder.final_layer_norm.weight", ParameterKind.FinalNormGain),
            new("model.decoder.final_layer_norm.bias", ParameterKind.FinalNormBias),
            new("model.decoder.project_out.weight", ParameterKind.ProjectOutWeight),
            new("lm_head.weight", ParameterKind.HeadWeight),
        ],
    };
}
