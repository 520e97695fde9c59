namespace TinT.Reference.Weights;

/// <summary>Which tensors the checkpoints of each architecture have. Output heads are tied and have none of their own.</summary>
internal static class CheckpointTensors
{
    /// <summary>Hugging Face GPT-2: matrices [inputs, outputs]; q, k and v fused.</summary>
    private static readonly CheckpointTensor[] Gpt2 =
    [
        new("transformer.wte.weight", false, ParameterKind.TokenEmbedding),
        new("transformer.wpe.weight", false, ParameterKind.PositionEmbedding),
        new("transformer.h.{0}.ln_1.weight", false, ParameterKind.AttentionNormGain),
        new("transformer.h.{0}.ln_1.bias", false, ParameterKind.AttentionNormBias),
        new("transformer.h.{0}.attn.c_attn.weight", true, ParameterKind.QueryWeight, ParameterKind.KeyWeight, ParameterKind.ValueWeight),
        new("transformer.h.{0}.attn.c_attn.bias", false, ParameterKind.QueryBias, ParameterKind.KeyBias, ParameterKind.ValueBias),
        new("transformer.h.{0}.attn.c_proj.weight", true, ParameterKind.OutputWeight),
        new("transformer.h.{0}.attn.c_proj.bias", false, ParameterKind.OutputBias),
        new("transformer.h.{0}.ln_2.weight", false, ParameterKind.FeedForwardNormGain),
        new("transformer.h.{0}.ln_2.bias", false, ParameterKind.FeedForwardNormBias),
        new("transformer.h.{0}.mlp.c_fc.weight", true, ParameterKind.ExpandWeight),
        new("transformer.h.{0}.mlp.c_fc.bias", false, ParameterKind.ExpandBias),
        new("transformer.h.{0}.mlp.c_proj.weight", true, ParameterKind.ContractWeight),
        new("transformer.h.{0}.mlp.c_proj.bias", false, ParameterKind.ContractBias),
        new("transformer.ln_f.weight", false, ParameterKind.FinalNormGain),
        new("transformer.ln_f.bias", false, ParameterKind.FinalNormBias),
    ];

    /// <summary>Hugging Face OPT: matrices [outputs, inputs].</summary>
    private static readonly CheckpointTensor[] Opt =
    [
        new("model.decoder.embed_tokens.weight", false, ParameterKind.TokenEmbedding),
        new("model.decoder.embed_positions.weight", false, ParameterKind.PositionEmbedding),
        new("model.decoder.layers.{0}.self_attn_layer_norm.weight", false, ParameterKind.AttentionNormGain),
        new("model.decoder.layers.{0}.self_attn_layer_norm.bias", false, ParameterKind.AttentionNormBias),
        new("model.decoder.layers.{0}.self_attn.q_proj.weight", false, ParameterKind.QueryWeight),
        new("model.decoder.layers.{0}.self_attn.q_proj.bias", false, ParameterKind.QueryBias),
        new("model.decoder.layers.{0}.self_attn.k_proj.weight", false, ParameterKind.KeyWeight),
        new("model.decoder.layers.{0}.self_attn.k_proj.bias", false, ParameterKind.KeyBias),
        new("model.decoder.layers.{0}.self_attn.v_proj.weight", false, ParameterKind.ValueWeight),
        new("model.decoder.layers.{0}.self_attn.v_proj.bias", false, ParameterKind.ValueBias),
        new("model.decoder.layers.{0}.self_attn.out_proj.weight", false, ParameterKind.OutputWeight),
        new("model.decoder.layers.{0}.self_attn.out_proj.bias", false, ParameterKind.OutputBias),
        new("model.decoder.layers.{0}.final_layer_norm.weight", false, ParameterKind.FeedForwardNormGain),
        new("model.decoder.layers.{0}.final_layer_norm.bias", false, ParameterKind.FeedForwardNormBias),
        new("model.decoder.layers.{0}.fc1.weight", false, ParameterKind.ExpandWeight),
        new("model.decoder.layers.{0}.fc1.bias", false, ParameterKind.ExpandBias),
        new("model.decoder.layers.{0}.fc2.weight", false, ParameterKind.ContractWeight),
        new("model.decoder.layers.{0}.fc2.bias", false, ParameterKind.ContractBias),
        new("model.decoder.final_layer_norm.weight", false, ParameterKind.FinalNormGain),
        new("model.decoder.final_layer_norm.bias", false, ParameterKind.FinalNormBias),
    ];

    /// <summary>The tensors of an architecture's checkpoints.</summary>
    /// <param name="architecture"><c>gpt2</c> or <c>opt</c>.</param>
    /// <exception cref="ArgumentException">The architecture is another one.</exception>
    public static IReadOnlyList<CheckpointTensor> Of(string architecture) => architecture switch
    {
        "gpt2" => Gpt2,
        "opt" => Opt,
        _ => throw new ArgumentException($"The reference knows the architectures gpt2 and opt, not '{architecture}'.", nameof(architecture)),
    };
}
