using System.Globalization;
using TinT.Compiler.Construction;
using TinT.Model;
using TinT.Model.Parameters;
using TinT.Reference.Weights;
using TinT.Tests.Common;

namespace TinT.Literal.Tests;

/// <summary>Small specs that between them have everything an auxiliary model can have.</summary>
internal static class VariantSpecs
{
    /// <summary>The auxiliary models by name; where heads are no divisors of D they lie in two heads of the simulator.</summary>
    private static readonly Dictionary<string, string> models = new()
    {
        ["gpt2"] = "architecture: gpt2, hidden_size: 8, num_attention_heads: 2, intermediate_size: 16",
        ["gpt2_narrow"] = "architecture: gpt2, hidden_size: 8, num_attention_heads: 2, intermediate_size: 6, activation: quick_gelu",
        ["opt"] = "architecture: opt, hidden_size: 8, num_attention_heads: 2, intermediate_size: 16, activation: gelu_new",
        ["opt_post_norm"] = "architecture: opt, hidden_size: 8, num_attention_heads: 2, intermediate_size: 20, activation: gelu, norm: {placement: post}",
        ["opt_projected"] =
            "architecture: opt, hidden_size: 8, num_attention_heads: 2, intermediate_size: 16, activation: silu, word_embed_proj_dim: 5, norm: {placement: post}",
        ["bloom"] = "architecture: bloom, hidden_size: 12, num_attention_heads: 3, intermediate_size: 48",
        ["gptj"] = "architecture: gptj, hidden_size: 8, num_attention_heads: 2, intermediate_size: 16, positions: {kind: rotary, rotary_dim: 2}",
        ["gpt_neox"] =
            "architecture: gpt_neox, hidden_size: 8, num_attention_heads: 2, intermediate_size: 16, positions: {kind: rotary, partial_rotary_factor: 0.5}",
        ["gpt_neox_sequential"] =
            "architecture: gpt_neox, hidden_size: 8, num_attention_heads: 2, intermediate_size: 12, use_parallel_residual: false, attention_bias: false",
        ["gpt_neo"] =
            "architecture: gpt_neo, hidden_size: 8, num_attention_heads: 2, intermediate_size: 16, sliding_window: 3, layer_types: [full_attention, sliding_attention]",
        ["llama"] = "architecture: llama, hidden_size: 8, num_attention_heads: 4, num_key_value_heads: 2, intermediate_size: 20",
        ["llama_biases"] =
            "architecture: llama, hidden_size: 10, num_attention_heads: 4, num_key_value_heads: 2, head_dim: 4, intermediate_size: 13, attention_bias: true, mlp_bias: true",
        ["mistral"] = "architecture: mistral, hidden_size: 8, num_attention_heads: 2, num_key_value_heads: 1, intermediate_size: 16, sliding_window: 3",
        ["qwen2"] = "architecture: qwen2, hidden_size: 12, num_attention_heads: 6, num_key_value_heads: 2, intermediate_size: 16",
        ["qwen3"] = "architecture: qwen3, hidden_size: 10, num_attention_heads: 4, num_key_value_heads: 2, head_dim: 4, intermediate_size: 12",
        ["qwen3_many_heads"] = "architecture: qwen3, hidden_size: 8, num_attention_heads: 6, num_key_value_heads: 6, head_dim: 2, intermediate_size: 12",
        ["gemma2"] =
            "architecture: gemma2, hidden_size: 10, num_attention_heads: 4, num_key_value_heads: 1, head_dim: 6, intermediate_size: 24, sliding_window: 3, "
            + "layer_types: [sliding_attention, full_attention], query_pre_attn_scalar: 5, attn_logit_softcapping: 0.8, final_logit_softcapping: 1.5",
        ["gemma"] = "architecture: gemma, hidden_size: 10, num_attention_heads: 4, num_key_value_heads: 1, head_dim: 6, intermediate_size: 24",
        ["phi"] = "architecture: phi, hidden_size: 8, num_attention_heads: 2, intermediate_size: 12",
        ["falcon"] = "architecture: falcon, hidden_size: 8, num_attention_heads: 4, num_key_value_heads: 1, intermediate_size: 32, bias: false",
        ["falcon_groups"] =
            "architecture: falcon, hidden_size: 12, num_attention_heads: 6, num_key_value_heads: 2, intermediate_size: 24, new_decoder_architecture: true",
        ["falcon_alibi"] =
            "architecture: falcon, hidden_size: 8, num_attention_heads: 2, intermediate_size: 16, positions: {kind: alibi}, use_parallel_residual: false, bias: true",
    };

    /// <summary>Their names.</summary>
    public static IReadOnlyCollection<string> All => models.Keys;

    /// <summary>Their names, for theories.</summary>
    public static TheoryData<string> Names => [.. models.Keys];

    /// <summary>Their names with every way in which gradients pass through attention and norms are trained.</summary>
    public static TheoryData<string, string, string> Trainings
    {
        get
        {
            TheoryData<string, string, string> trainings = [];
            foreach (string name in models.Keys)
            {
                foreach (string attention in SmallSpec.Attentions)
                {
                    foreach (string norm in SmallSpec.LayerNorms)
                        trainings.Add(name, attention, norm);
                }
            }

            return trainings;
        }
    }

    /// <summary>The text of a spec.</summary>
    /// <param name="name">Name of the auxiliary model.</param>
    /// <param name="training">Fields of the training.</param>
    /// <param name="layers">Layers, all of them trained.</param>
    public static string Text(string name, string training, int layers = 2) =>
        Text(name, training, layers, $"sharding: 2, hidden_size: {HiddenSize(models[name])}");

    /// <summary>The graph of a spec with the smallest simulator.</summary>
    /// <param name="name">Name of the auxiliary model.</param>
    /// <param name="training">Fields of the training.</param>
    public static LayerGraph Smallest(string name, string training) => LayerGraphs.OfText(Text(name, training, layers: 2, "sharding: 1"));

    private static string Text(string name, string training, int layers, string simulator) => $$"""
        tint: 1
        model: Variant
        auxiliary: {vocab_size: 11, max_position_embeddings: 8, num_hidden_layers: {{layers}}, {{models[name]}}}
        simulator: {{{simulator}}}
        training: {layers: {{layers}}, {{training}}}
        """;

    /// <summary>The graph of a spec.</summary>
    /// <param name="name">Name of the auxiliary model.</param>
    /// <param name="training">Fields of the training.</param>
    /// <param name="layers">Layers, all of them trained.</param>
    public static LayerGraph Graph(string name, string training, int layers = 2) => LayerGraphs.OfText(Text(name, training, layers));

    /// <summary>Random weights: gains near 1, all else near 0.</summary>
    /// <param name="auxiliary">The model.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    public static AuxiliaryModel<double> RandomModel(AuxiliaryDescription auxiliary, int seed)
    {
        Random random = new(seed);
        return new AuxiliaryModel<double>(auxiliary, (kind, _) =>
        {
            ParameterRole role = ParameterRoles.Of(kind);
            (int rows, int columns) = role.Shape(auxiliary);
            double centre = role.Field == ParameterField.Gain ? 1 : 0;
            return [.. Enumerable.Range(0, rows * columns).Select(_ => centre + (0.6 * (random.NextDouble() - 0.5)))];
        });
    }

    /// <summary>Room to spare, so that what a module must not read can be disturbed.</summary>
    private static int HiddenSize(string model)
    {
        string size = model.Split("hidden_size: ")[1].Split(',')[0];
        return 12 * int.Parse(size, CultureInfo.InvariantCulture);
    }
}
