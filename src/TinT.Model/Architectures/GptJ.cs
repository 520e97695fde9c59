using TinT.Model.Parameters;
using static TinT.Model.Architectures.AuxiliaryOptionTable;

namespace TinT.Model.Architectures;

/// <summary>GPT-J: parallel branches behind one layer norm, interleaved rotary positions, no biases around attention, a head of its own with a bias.</summary>
internal static class GptJ
{
    /// <summary>Coordinates turned by models that do not say how many.</summary>
    private const int RotaryDimension = 64;

    public static Architecture Architecture { get; } = new()
    {
        Name = "gptj",
        ClassName = "GPTJ",
        Block = BlockShape.Parallel,
        Activation = "gelu_new",
        Positions = [PositionKind.Rotary],
        InterleavesRotary = true,
        TiesEmbeddings = false,
        Biases = ModuleBiases.Norms | ModuleBiases.FeedForward | ModuleBiases.Head,
        Options = [RopeTheta, RotarySize],
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
            new(RotarySize, "rotary_dim") { Absent = RotaryDimension },
            new(TieWordEmbeddings, "tie_word_embeddings"),
        ],
        Tensors =
        [
            new("transformer.wte.weight", ParameterKind.TokenEmbedding),
            new("transformer.h.{0}.ln_1.weight", ParameterKind.AttentionNormGain),
            new("transformer.h.{0}.ln_1.bias", ParameterKind.AttentionNormBias),
            new("transformer.h.{0}.attn.q_proj.weight", ParameterKind.QueryWeight),
            new("transformer.h.{0}.attn.k_proj.weight", ParameterKind.KeyWeight),
            new("transformer.h.{0}.attn.v_proj.weight", ParameterKind.ValueWeight),
            new("transformer.h.{0}.attn.out_proj.weight", ParameterKind.OutputWeight),
            new("transformer.h.{0}.mlp.fc_in.weight", ParameterKind.UpWeight),
            new("transformer.h.{0}.mlp.fc_in.bias", ParameterKind.UpBias),
            new("transformer.h.{0}.mlp.fc_out.weight", ParameterKind.DownWeight),
            new("transformer.h.{0}.mlp.fc_out.bias", ParameterKind.DownBias),
            new("transformer.ln_f.weight", ParameterKind.FinalNormGain),
            new("transformer.ln_f.bias", ParameterKind.FinalNormBias),
            new("lm_head.weight", ParameterKind.HeadWeight),
            new("lm_head.bias", ParameterKind.HeadBias),
        ],
    };
}
