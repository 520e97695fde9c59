using TinT.Model.Parameters;
using static TinT.Model.Architectures.AuxiliaryOptionTable;

namespace TinT.Model.Architectures;

/// <summary>GPT-2: pre-layer-norm, learned positions, tanh-GELU; matrices stored [inputs, outputs], q, k and v in one tensor.</summary>
internal static class Gpt2
{
    public static Architecture Architecture { get; } = new()
    {
        Name = "gpt2",
        ClassName = "GPT2",
        Activation = "gelu_new",
        Fields =
        [
            new(HiddenSize, "n_embd", "hidden_size") { IsRequired = true },
            new(LayerCount, "n_layer", "num_hidden_layers") { IsRequired = true },
            new(HeadCount, "n_head", "num_attention_heads") { IsRequired = true },
            new(IntermediateSize, "n_inner"),
            new(MaxPositionEmbeddings, "n_positions", "max_position_embeddings") { IsRequired = true },
            new(VocabularySize, "vocab_size") { IsRequired = true },
            new(Activation, "activation_function"),
            new(NormEpsilon, "layer_norm_epsilon"),
            new(TieWordEmbeddings, "tie_word_embeddings"),
        ],
        Flags = [("scale_attn_weights", true), ("scale_attn_by_inverse_layer_idx", false), ("add_cross_attention", false)],
        Tensors =
        [
            new("transformer.wte.weight", ParameterKind.TokenEmbedding),
            new("transformer.wpe.weight", ParameterKind.PositionEmbedding),
            new("transformer.h.{0}.ln_1.weight", ParameterKind.AttentionNormGain),
            new("transformer.h.{0}.ln_1.bias", ParameterKind.AttentionNormBias),
            new("transformer.h.{0}.attn.c_attn.weight", ParameterKind.QueryWeight, ParameterKind.KeyWeight, ParameterKind.ValueWeight) { Transposed = true },
            new("transformer.h.{0}.attn.c_attn.bias", ParameterKind.QueryBias, ParameterKind.KeyBias, ParameterKind.ValueBias),
            new("transformer.h.{0}.attn.c_proj.weight", ParameterKind.OutputWeight) { Transposed = true },
            new("transformer.h.{0}.attn.c_proj.bias", ParameterKind.OutputBias),
            new("transformer.h.{0}.ln_2.weight", ParameterKind.FeedForwardNormGain),
            new("transformer.h.{0}.ln_2.bias", ParameterKind.FeedForwardNormBias),
            new("transformer.h.{0}.mlp.c_fc.weight", ParameterKind.UpWeight) { Transposed = true },
            new("transformer.h.{0}.mlp.c_fc.bias", ParameterKind.UpBias),
            new("transformer.h.{0}.mlp.c_proj.weight", ParameterKind.DownWeight) { Transposed = true },
            new("transformer.h.{0}.mlp.c_proj.bias", ParameterKind.DownBias),
            new("transformer.ln_f.weight", ParameterKind.FinalNormGain),
            new("transformer.ln_f.bias", ParameterKind.FinalNormBias),
            new("lm_head.weight", ParameterKind.HeadWeight),
        ],
    };
}
