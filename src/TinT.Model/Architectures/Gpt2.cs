using TinT.Model.Parameters;

namespace TinT.Model.Architectures;

/// <summary>GPT-2: pre-layer-norm, learned positions, tanh-GELU; matrices stored [inputs, outputs], q, k and v in one tensor.</summary>
internal static class Gpt2
{
    public static Architecture Architecture { get; } = new()
    {
        Name = "gpt2",
        Activation = "gelu_new",
        ActivationField = "activation_function",
        EpsilonField = "layer_norm_epsilon",
        Sizes =
        [
            new("auxiliary.hidden_size", sizes => sizes.HiddenSize, "n_embd", "hidden_size"),
            new("auxiliary.num_hidden_layers", sizes => sizes.LayerCount, "n_layer", "num_hidden_layers"),
            new("auxiliary.num_attention_heads", sizes => sizes.HeadCount, "n_head", "num_attention_heads"),
            new("auxiliary.intermediate_size", sizes => sizes.IntermediateSize, "n_inner") { HiddenSizes = 4 },
            new("auxiliary.max_position_embeddings", sizes => sizes.MaxPositionEmbeddings, "n_positions", "max_position_embeddings"),
            new("auxiliary.vocab_size", sizes => sizes.VocabularySize, "vocab_size"),
        ],
        Flags = [("scale_attn_weights", true), ("scale_attn_by_inverse_layer_idx", false), ("add_cross_attention", false)],
        Tensors =
        [
            new("transformer.wte.weight", ParameterKind.TokenEmbedding),
            new("transformer.wpe.weight", ParameterKind.PositionEmbedding),
            new("transformer.h.{0}.ln_1.weight", ParameterKind.AttentionNormGain),
            new("transformer.h.{0}.ln_1.bias", ParameterKind.AttentionNormBias),
            new("transformer.h.{0}.attn.c_attn.weight", true, ParameterKind.QueryWeight, ParameterKind.KeyWeight, ParameterKind.ValueWeight),
            new("transformer.h.{0}.attn.c_attn.bias", false, ParameterKind.QueryBias, ParameterKind.KeyBias, ParameterKind.ValueBias),
            new("transformer.h.{0}.attn.c_proj.weight", true, ParameterKind.OutputWeight),
            new("transformer.h.{0}.attn.c_proj.bias", ParameterKind.OutputBias),
            new("transformer.h.{0}.ln_2.weight", ParameterKind.FeedForwardNormGain),
            new("transformer.h.{0}.ln_2.bias", ParameterKind.FeedForwardNormBias),
            new("transformer.h.{0}.mlp.c_fc.weight", true, ParameterKind.ExpandWeight),
            new("transformer.h.{0}.mlp.c_fc.bias", ParameterKind.ExpandBias),
            new("transformer.h.{0}.mlp.c_proj.weight", true, ParameterKind.ContractWeight),
            new("transformer.h.{0}.mlp.c_proj.bias", ParameterKind.ContractBias),
            new("transformer.ln_f.weight", ParameterKind.FinalNormGain),
            new("transformer.ln_f.bias", ParameterKind.FinalNormBias),
        ],
    };
}
