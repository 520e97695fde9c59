using TinT.Model.Parameters;
using static TinT.Model.Architectures.AuxiliaryOptionTable;

namespace TinT.Model.Architectures;

/// <summary>Phi: parallel branches behind one layer norm, rotary positions in half of each head, a head of its own with a bias.</summary>
internal static class Phi
{
    public static Architecture Architecture { get; } = new()
    {
        Name = "phi",
        ClassName = "Phi",
        Block = BlockShape.Parallel,
        Activation = "gelu_new",
        Positions = [PositionKind.Rotary],
        TiesEmbeddings = false,
        Biases = ModuleBiases.Layers | ModuleBiases.Head,
        Options = [KeyValueHeadCount, RopeTheta, PartialRotaryFactor, Scaling],
        Fields =
        [
            new(HiddenSize, "hidden_size") { IsRequired = true },
            new(LayerCount, "num_hidden_layers") { IsRequired = true },
            new(HeadCount, "num_attention_heads") { IsRequired = true },
            new(KeyValueHeadCount, "num_key_value_heads"),
            new(IntermediateSize, "intermediate_size") { IsRequired = true },
            new(MaxPositionEmbeddings, "max_position_embeddings") { IsRequired = true },
            new(VocabularySize, "vocab_size") { IsRequired = true },
            new(Activation, "hidden_act"),
            new(NormEpsilon, "layer_norm_eps"),
            RopeFields.Theta,
            RopeFields.Partial with { Absent = 0.5 },
            RopeFields.Scaling,
            new(TieWordEmbeddings, "tie_word_embeddings"),
        ],
        Flags = [("qk_layernorm", false)],
        Tensors =
        [
            new("model.embed_tokens.weight", ParameterKind.TokenEmbedding),
            new("model.layers.{0}.input_layernorm.weight", ParameterKind.AttentionNormGain),
            new("model.layers.{0}.input_layernorm.bias", ParameterKind.AttentionNormBias),
            new("model.layers.{0}.self_attn.q_proj.weight", ParameterKind.QueryWeight),
            new("model.layers.{0}.self_attn.q_proj.bias", ParameterKind.QueryBias),
            new("model.layers.{0}.self_attn.k_proj.weight", ParameterKind.KeyWeight),
            new("model.layers.{0}.self_attn.k_proj.bias", ParameterKind.KeyBias),
            new("model.layers.{0}.self_attn.v_proj.weight", ParameterKind.ValueWeight),
            new("model.layers.{0}.self_attn.v_proj.bias", ParameterKind.ValueBias),
            new("model.layers.{0}.self_attn.dense.weight", ParameterKind.OutputWeight),
            new("model.layers.{0}.self_attn.dense.bias", ParameterKind.OutputBias),
            new("model.layers.{0}.mlp.fc1.weight", ParameterKind.UpWeight),
            new("model.layers.{0}.mlp.fc1.bias", ParameterKind.UpBias),
            new("model.layers.{0}.mlp.fc2.weight", ParameterKind.DownWeight),
            new("model.layers.{0}.mlp.fc2.bias", ParameterKind.DownBias),
            new("model.final_layernorm.weight", ParameterKind.FinalNormGain),
            new("model.final_layernorm.bias", ParameterKind.FinalNormBias),
            new("lm_head.weight", ParameterKind.HeadWeight),
            new("lm_head.bias", ParameterKind.HeadBias),
        ],
    };
}
