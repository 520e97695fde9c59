using TinT.Model.Parameters;
using static TinT.Model.Architectures.AuxiliaryOptionTable;

namespace TinT.Model.Architectures;

/// <summary>StableLM: LLaMA with layer norms, rotary positions in a quarter of each head and, where it says so, biases of q, k and v.</summary>
internal static class StableLm
{
    public static Architecture Architecture { get; } = Llama.Architecture with
    {
        Name = "stablelm",
        ClassName = "StableLm",
        Norm = "layer_norm",
        Epsilon = 1e-5,
        Biases = ModuleBiases.Norms,
        AttentionBiases = ModuleBiases.QueryKeyValue,
        Options = [KeyValueHeadCount, RopeTheta, PartialRotaryFactor, Scaling, AttentionBias],
        Fields =
        [
            .. Llama.CommonFields.Where(field => field.Option != HeadSize)
                .Select(field => field.Option == NormEpsilon ? new ConfigurationField(NormEpsilon, "layer_norm_eps") : field),
            RopeFields.Partial with { Absent = 0.25 },
            new(AttentionBias, "use_qkv_bias"),
        ],
        Flags = [("qk_layernorm", false), ("use_parallel_residual", false)],
        Tensors =
        [
            .. Llama.Architecture.Tensors,
            new("model.layers.{0}.input_layernorm.bias", ParameterKind.AttentionNormBias),
            new("model.layers.{0}.post_attention_layernorm.bias", ParameterKind.FeedForwardNormBias),
            new("model.norm.bias", ParameterKind.FinalNormBias),
        ],
    };
}
