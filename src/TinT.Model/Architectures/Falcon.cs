using TinT.Model.Parameters;
using static TinT.Model.Architectures.AuxiliaryOptionTable;

namespace TinT.Model.Architectures;

/// <summary>
/// Falcon: the 7B kind with parallel branches behind one layer norm and one head of keys and values, the 40B kind with two norms and groups, the RW kind with
/// ALiBi, branches one after the other and as many heads of keys and values as others; q, k and v interleaved by groups.
/// </summary>
internal static class Falcon
{
    public static Architecture Architecture { get; } = new()
    {
        Name = "falcon",
        ClassName = "Falcon",
        Block = BlockShape.Parallel,
        Activation = "gelu",
        Positions = [PositionKind.Rotary, PositionKind.Alibi],
        ScalesAlibi = true,
        Biases = ModuleBiases.Norms,
        KeyValueHeads = options => options.NewDecoderArchitecture == true ? null : 1,
        Options = [KeyValueHeadCount, IsAlibi, RopeTheta, Scaling, Bias, NewDecoderArchitecture, ParallelResidual],
        Fields =
        [
            new(HiddenSize, "hidden_size") { IsRequired = true },
            new(LayerCount, "num_hidden_layers", "n_layer") { IsRequired = true },
            new(HeadCount, "num_attention_heads", "n_head") { IsRequired = true },
            new(NewDecoderArchitecture, "new_decoder_architecture"),
            new(KeyValueHeadCount, "num_kv_heads", "n_head_kv"),
            new(IntermediateSize, "ffn_hidden_size"),
            new(MaxPositionEmbeddings, "max_position_embeddings"),
            new(VocabularySize, "vocab_size") { IsRequired = true },
            new(Activation, "activation"),
            new(NormEpsilon, "layer_norm_epsilon"),
            new(IsAlibi, "alibi"),
            RopeFields.Theta,
            RopeFields.Scaling,
            new(Bias, "bias"),
            new(ParallelResidual, "parallel_attn"),
            new(TieWordEmbeddings, "tie_word_embeddings"),
        ],
        Flags = [("apply_residual_connection_post_layernorm", false)],
        Adjust = Heads,
        Adjusted = model => [("multi_query", model.KeyValueHeadCount == 1)],
        Tensors =
        [
            new("transformer.word_embeddings.weight", ParameterKind.TokenEmbedding),
            new("transformer.h.{0}.input_layernorm.weight", ParameterKind.AttentionNormGain) { When = HasOneName },
            new("transformer.h.{0}.input_layernorm.bias", ParameterKind.AttentionNormBias) { When = HasOneName },
            new("transformer.h.{0}.ln_attn.weight", ParameterKind.AttentionNormGain) { When = HasTwoNames },
            new("transformer.h.{0}.ln_attn.bias", ParameterKind.AttentionNormBias) { When = HasTwoNames },
            new("transformer.h.{0}.self_attention.query_key_value.weight", ParameterKind.QueryWeight, ParameterKind.KeyWeight, ParameterKind.ValueWeight) { InterleavesGroups = true },
            new("transformer.h.{0}.self_attention.query_key_value.bias", ParameterKind.QueryBias, ParameterKind.KeyBias, ParameterKind.ValueBias) { InterleavesGroups = true },
            new("transformer.h.{0}.self_attention.dense.weight", ParameterKind.OutputWeight),
            new("transformer.h.{0}.self_attention.dense.bias", ParameterKind.OutputBias),
            new("transformer.h.{0}.post_attention_layernorm.weight", ParameterKind.FeedForwardNormGain) { When = HasOneName },
            new("transformer.h.{0}.post_attention_layernorm.bias", ParameterKind.FeedForwardNormBias) { When = HasOneName },
            new("transformer.h.{0}.ln_mlp.weight", ParameterKind.FeedForwardNormGain) { When = HasTwoNames },
            new("transformer.h.{0}.ln_mlp.bias", ParameterKind.FeedForwardNormBias) { When = HasTwoNames },
            new("transformer.h.{0}.mlp.dense_h_to_4h.weight", ParameterKind.UpWeight),
            new("transformer.h.{0}.mlp.dense_h_to_4h.bias", ParameterKind.UpBias),
            new("transformer.h.{0}.mlp.dense_4h_to_h.weight", ParameterKind.DownWeight),
            new("transformer.h.{0}.mlp.dense_4h_to_h.bias", ParameterKind.DownBias),
            new("transformer.ln_f.weight", ParameterKind.FinalNormGain),
            new("transformer.ln_f.bias", ParameterKind.FinalNormBias),
            new("lm_head.weight", ParameterKind.HeadWeight),
        ],
    };

    private static bool HasTwoNames(AuxiliaryDescription model) => model.Block == BlockShape.ParallelTwoNorms;

    private static bool HasOneName(AuxiliaryDescription model) => !HasTwoNames(model);

    /// <summary>The older kinds have one head of keys and values or, where they say so, as many as heads, whatever else is written.</summary>
    private static AuxiliaryOptions Heads(IConfiguration configuration, AuxiliaryOptions options)
    {
        if (options.NewDecoderArchitecture != true)
            return options with { KeyValueHeadCount = configuration.Flag("multi_query") == false ? options.HeadCount : 1 };
        if (configuration.Size("num_ln_in_parallel_attn") is 1)
            configuration.Refuse("num_ln_in_parallel_attn", "2 in the new decoder architecture");
        return options;
    }
}
