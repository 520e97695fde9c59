using TinT.Model.Parameters;
using static TinT.Model.Architectures.AuxiliaryOptionTable;

namespace TinT.Model.Architectures;

/// <summary>GPT-Neo: as GPT-2, but scores are not scaled, layers take turns with a window, q, k and v have no biases, and matrices are stored [outputs, inputs].</summary>
internal static class GptNeo
{
    /// <summary>The window of models that do not say how wide it is.</summary>
    private const int Window = 256;

    private const string LayersField = "attention_layers";
    private const string PatternField = "attention_types";
    private const string Local = "local";
    private const string Global = "global";

    public static Architecture Architecture { get; } = new()
    {
        Name = "gpt_neo",
        ClassName = "GPTNeo",
        Activation = "gelu_new",
        ScalesScores = false,
        Biases = ModuleBiases.Layers & ~ModuleBiases.QueryKeyValue,
        Options = [SlidingWindow, LayerTypes],
        Fields =
        [
            new(HiddenSize, "hidden_size") { IsRequired = true },
            new(LayerCount, "num_layers", "num_hidden_layers") { IsRequired = true },
            new(HeadCount, "num_heads", "num_attention_heads") { IsRequired = true },
            new(IntermediateSize, "intermediate_size"),
            new(MaxPositionEmbeddings, "max_position_embeddings") { IsRequired = true },
            new(VocabularySize, "vocab_size") { IsRequired = true },
            new(Activation, "activation_function"),
            new(NormEpsilon, "layer_norm_epsilon"),
            new(SlidingWindow, "window_size") { Absent = Window },
            new(TieWordEmbeddings, "tie_word_embeddings"),
        ],
        Adjust = (configuration, options) => options with { SlidingLayers = LayersOf(configuration, options.LayerCount ?? 0) },
        Adjusted = model => [(LayersField, Enumerable.Range(0, model.LayerCount).Select(layer => model.WindowOf(layer) > 0 ? Local : Global).ToArray())],
        Tensors =
        [
            new("transformer.wte.weight", ParameterKind.TokenEmbedding),
            new("transformer.wpe.weight", ParameterKind.PositionEmbedding),
            new("transformer.h.{0}.ln_1.weight", ParameterKind.AttentionNormGain),
            new("transformer.h.{0}.ln_1.bias", ParameterKind.AttentionNormBias),
            new("transformer.h.{0}.attn.attention.q_proj.weight", ParameterKind.QueryWeight),
            new("transformer.h.{0}.attn.attention.k_proj.weight", ParameterKind.KeyWeight),
            new("transformer.h.{0}.attn.attention.v_proj.weight", ParameterKind.ValueWeight),
            new("transformer.h.{0}.attn.attention.out_proj.weight", ParameterKind.OutputWeight),
            new("transformer.h.{0}.attn.attention.out_proj.bias", ParameterKind.OutputBias),
            new("transformer.h.{0}.ln_2.weight", ParameterKind.FeedForwardNormGain),
            new("transformer.h.{0}.ln_2.bias", ParameterKind.FeedForwardNormBias),
            new("transformer.h.{0}.mlp.c_fc.weight", ParameterKind.UpWeight),
            new("transformer.h.{0}.mlp.c_fc.bias", ParameterKind.UpBias),
            new("transformer.h.{0}.mlp.c_proj.weight", ParameterKind.DownWeight),
            new("transformer.h.{0}.mlp.c_proj.bias", ParameterKind.DownBias),
            new("transformer.ln_f.weight", ParameterKind.FinalNormGain),
            new("transformer.ln_f.bias", ParameterKind.FinalNormBias),
            new("lm_head.weight", ParameterKind.HeadWeight),
        ],
    };

    /// <summary>Layers by name, or by a repeated pattern; without either global and local ones take turns.</summary>
    private static EquatableArray<bool> LayersOf(IConfiguration configuration, int layers)
    {
        string field = configuration.Words(LayersField) is null ? PatternField : LayersField;
        IReadOnlyList<string>? names = configuration.Words(LayersField) ?? configuration.RepeatedWords(PatternField);
        if (names is not null && (names.Count != layers || names.Any(name => name is not Local and not Global)))
            configuration.Refuse(field, $"{Global} or {Local} for each of the {layers} layers");
        return Enumerable.Range(0, layers).Select(layer => names is null ? layer % 2 == 1 : layer < names.Count && names[layer] == Local).ToEquatableArray();
    }
}
