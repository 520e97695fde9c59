using System.Text.Json.Nodes;
using TinT.Model;
using TinT.Runtime.Checkpoints;
using TinT.Tests.Common;

namespace TinT.Runtime.Tests.Checkpoints;

/// <summary>One field of a published configuration changed.</summary>
public sealed class ConfigurationOfFamiliesTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    [Theory]
    [InlineData("llama-3.2-1b", "num_key_value_heads", "4", "num_key_value_heads is 4 but auxiliary.num_key_value_heads is 8")]
    [InlineData("llama-3.2-1b", "head_dim", "32", "head_dim is 32 but auxiliary.head_dim is 64")]
    [InlineData("llama-3.2-1b", "rms_norm_eps", "1e-06", "rms_norm_eps is 1E-06 but auxiliary.norm.epsilon is 1E-05")]
    [InlineData("llama-3.2-1b", "rms_norm_eps", "null", "rms_norm_eps is absent, which means 1E-06, but auxiliary.norm.epsilon is 1E-05")]
    [InlineData("llama-3.2-1b", "rope_theta", "10000", "rope_theta is 10000 but auxiliary.positions.rope_theta is 500000")]
    [InlineData("llama-3.2-1b", "rope_scaling", "null", "rope_scaling is absent, which means none, but auxiliary.positions.rope_scaling is {rope_type: llama3, factor: 32, low_freq_factor: 1, high_freq_factor: 4, original_max_position_embeddings: 8192}")]
    [InlineData("llama-3.2-1b", "attention_bias", "true", "attention_bias is true but auxiliary.attention_bias is false")]
    [InlineData("llama-3.2-1b", "mlp_bias", "true", "mlp_bias is true but auxiliary.mlp_bias is false")]
    [InlineData("llama-3.2-1b", "hidden_act", "\"gelu\"", "hidden_act is 'gelu' but auxiliary.activation is 'silu'")]
    [InlineData("llama-3.2-1b", "hidden_act", "\"mish\"", "hidden_act is 'mish' but auxiliary.activation is 'silu'")]
    [InlineData("llama-3.2-1b", "max_position_embeddings", "2048", "max_position_embeddings is 2048 but auxiliary.max_position_embeddings is 131072")]
    [InlineData("llama-3.2-1b", "num_local_experts", "8", "num_local_experts is 8, but only 0 is supported")]
    [InlineData("llama-3.2-1b", "final_logit_softcapping", "30.0", "final_logit_softcapping is 30, but only null is supported")]
    [InlineData("tinyllama-1.1b", "tie_word_embeddings", "true", "tie_word_embeddings is true but auxiliary.tie_word_embeddings is false")]
    [InlineData("mistral-7b-v0.1", "sliding_window", "null", "sliding_window is absent, which means none, but auxiliary.sliding_window is 4096")]
    [InlineData("gemma-2-2b", "final_logit_softcapping", "20", "final_logit_softcapping is 20 but auxiliary.final_logit_softcapping is 30")]
    [InlineData("gemma-2-2b", "final_logit_softcapping", "null", "final_logit_softcapping is null, which means none, but auxiliary.final_logit_softcapping is 30")]
    [InlineData("gemma-2-2b", "attn_logit_softcapping", "49.5", "attn_logit_softcapping is 49.5 but auxiliary.attn_logit_softcapping is 50")]
    [InlineData("gemma-2-2b", "query_pre_attn_scalar", "144", "query_pre_attn_scalar is 144 but auxiliary.query_pre_attn_scalar is 256")]
    [InlineData("gemma-2-2b", "sliding_window", "512", "sliding_window is 512 but auxiliary.sliding_window is 4096")]
    [InlineData("bloom-560m", "apply_residual_connection_post_layernorm", "true", "apply_residual_connection_post_layernorm is true, but only false is supported")]
    [InlineData("bloom-560m", "tie_word_embeddings", "\"\"", "tie_word_embeddings is '\"\"', which is neither true nor false")]
    [InlineData("gpt-j-6b", "rotary_dim", "32", "rotary_dim is 32 but auxiliary.positions.rotary_dim is 64")]
    [InlineData("pythia-160m", "rotary_pct", "1", "rotary_pct is 1 but auxiliary.positions.partial_rotary_factor is 0.25")]
    [InlineData("pythia-160m", "use_parallel_residual", "false", "use_parallel_residual is false but auxiliary.use_parallel_residual is true")]
    [InlineData("pythia-160m", "attention_bias", "false", "attention_bias is false but auxiliary.attention_bias is true")]
    [InlineData("gpt-neo-125m", "window_size", "128", "window_size is 128 but auxiliary.sliding_window is 256")]
    [InlineData("gpt-neo-125m", "attention_layers", "[\"local\"]", "attention_layers is '[\"local\"]', but only global or local for each of the 12 layers is supported")]
    [InlineData("opt-350m", "do_layer_norm_before", "true", "do_layer_norm_before is true but auxiliary.norm.placement is post")]
    [InlineData("opt-350m", "word_embed_proj_dim", "null", "word_embed_proj_dim is absent, which means 1024, but auxiliary.word_embed_proj_dim is 512")]
    [InlineData("phi-1_5", "qk_layernorm", "true", "qk_layernorm is true, but only false is supported")]
    [InlineData("falcon-7b", "multi_query", "false", "num_kv_heads is absent, which means 71, but auxiliary.num_key_value_heads is 1")]
    [InlineData("falcon-40b", "num_ln_in_parallel_attn", "1", "num_ln_in_parallel_attn is 1, but only 2 in the new decoder architecture is supported")]
    [InlineData("falcon-7b", "alibi", "true", "alibi is true but auxiliary.positions.kind is rotary")]
    public void A_field_that_does_not_fit_the_spec_is_named(string name, string field, string value, string expected)
    {
        AuxiliaryDescription spec = Describe(name);
        string path = Write(name, (field, value));

        string message = Assert.Throws<CheckpointFormatException>(() => HuggingFaceCheckpoint.Open(directory.Path, spec)).Message;
        Assert.Equal($"{path}: the checkpoint does not fit the spec: {expected}. Change these keys of the spec or load another checkpoint.", message);
    }

    [Theory]
    [InlineData("gpt-j-6b", "rope_theta", "Gptj's")]
    [InlineData("bloom-560m", "intermediate_size", "Bloom's")]
    [InlineData("opt-350m", "norm.epsilon", "OPT's")]
    public void What_an_architecture_has_without_saying_so_is_compared_too(string name, string key, string family)
    {
        AuxiliaryDescription spec = Describe(name);
        spec = key switch
        {
            "rope_theta" => spec with { Rotary = spec.Rotary! with { Theta = 500 } },
            "intermediate_size" => spec with { IntermediateSize = 1000 },
            _ => spec with { NormEpsilon = 1e-3 },
        };

        Assert.Contains(family, Error(name, "use_cache", "true", spec), StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"{key} is ", Error(name, "use_cache", "true", spec), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_no_spec_of_its_architecture_describes_is_refused()
    {
        AuxiliaryDescription spec = Describe("llama-7b") with { Norm = "layer_norm", IsGated = false };

        Assert.Equal(
            $"{directory.File("config.json")}: the checkpoint does not fit the spec: Llama has norm: rms_norm, but the spec's model has layer_norm; "
            + "Llama has gated feed-forward: True, but the spec's model has False. Change these keys of the spec or load another checkpoint.",
            Error("llama-7b", "use_cache", "true", spec));
    }

    // The spec's context is 8.
    [Theory]
    [InlineData("pythia-160m", "max_position_embeddings", "8", true)]
    [InlineData("pythia-160m", "max_position_embeddings", "9", true)]
    [InlineData("pythia-160m", "max_position_embeddings", "7", false)]
    [InlineData("falcon-7b", "max_position_embeddings", "null", true)]
    [InlineData("bloom-560m", "seq_length", "null", true)]
    [InlineData("bloom-560m", "seq_length", "2048", true)]
    [InlineData("bloom-560m", "seq_length", "7", false)]
    [InlineData("opt-125m", "max_position_embeddings", "8", true)]
    [InlineData("opt-125m", "max_position_embeddings", "9", false)]
    public void Without_a_position_table_a_spec_may_have_a_shorter_context(string name, string field, string value, bool fits)
    {
        AuxiliaryDescription spec = Describe(name) with { MaxPositionEmbeddings = 8 };

        string message = Error(name, field, value, spec);

        Assert.Contains(fits ? "there is neither model.safetensors nor" : $"{field} is {value} but auxiliary.max_position_embeddings is 8", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("llama-7b", "{}", null)]
    [InlineData("llama-7b", """{"type":"default"}""", null)]
    [InlineData("llama-7b", """{"type":"linear","factor":2}""", "linear")]
    [InlineData("llama-7b", """{"rope_type":"linear","type":"other","factor":2.5}""", "linear")]
    [InlineData("pythia-160m", """{"type":"linear","factor":4}""", "linear")]
    [InlineData("phi-1_5", """{"type":"linear","factor":4}""", "linear")]
    public void Scaled_rotary_positions_are_read_in_old_and_new_style(string name, string scaling, string? kind) =>
        Assert.Equal(kind, HuggingFaceConfiguration.Read(Write(name, ("rope_scaling", scaling))).Description.Rotary!.Scaling?.Kind);

    [Theory]
    [InlineData("llama-7b", "model_type", "\"mamba\"", "model_type is 'mamba', but only gpt2, opt, bloom, gptj, gpt_neox, gpt_neo, llama, mistral, qwen2, qwen3, gemma, gemma2, phi, falcon, stablelm are supported")]
    [InlineData("llama-7b", "model_type", "null", "model_type is missing and architectures is '[\"LLaMAForCausalLM\"]', but only gpt2, opt, bloom, gptj, gpt_neox, gpt_neo, llama, mistral, qwen2, qwen3, gemma, gemma2, phi, falcon, stablelm are supported")]
    [InlineData("llama-7b", "model_type", "[]", "model_type is '[]', which is not a text")]
    [InlineData("llama-7b", "rope_scaling", """{"type":"dynamic","factor":2}""", "rope_scaling.type is 'dynamic', but only default, linear, llama3 is supported")]
    [InlineData("llama-7b", "rope_scaling", """{"rope_type":"yarn","factor":2}""", "rope_scaling.rope_type is 'yarn', but only default, linear, llama3 is supported")]
    [InlineData("llama-7b", "rope_parameters", """{"rope_type":"longrope","rope_theta":10000}""", "rope_parameters.rope_type is 'longrope', but only default, linear, llama3 is supported")]
    [InlineData("llama-7b", "rope_scaling", """{"type":"su","factor":2}""", "rope_scaling.type is 'su', but only default, linear, llama3 is supported")]
    [InlineData("llama-7b", "rope_scaling", """{"type":"linear"}""", "rope_scaling.factor is missing")]
    [InlineData("llama-7b", "rope_scaling", """{"factor":2}""", "rope_scaling.rope_type is missing")]
    [InlineData("llama-7b", "rope_scaling", """{"type":"linear","factor":-1}""", "rope_scaling.factor is '-1', which is not a number above 0")]
    [InlineData("llama-7b", "rope_scaling", """{"type":"llama3","factor":8,"low_freq_factor":4,"high_freq_factor":4,"original_max_position_embeddings":8192}""", "rope_scaling.high_freq_factor is 4, but only a number above low_freq_factor is supported")]
    [InlineData("llama-7b", "rope_scaling", "2", "rope_scaling is 2, but only an object is supported")]
    [InlineData("llama-7b", "rope_theta", "0", "rope_theta is '0', which is not a number above 0")]
    [InlineData("llama-7b", "hidden_act", "\"mish\"", "hidden_act is 'mish', but only gelu_new, gelu, relu, silu, quick_gelu are supported")]
    [InlineData("llama-7b", "num_attention_heads", "0", "num_attention_heads is 0, which is not between 1 and 2147483647")]
    [InlineData("llama-7b", "num_hidden_layers", "2000000000", "num_hidden_layers is 2000000000, which is not between 1 and 65536")]
    [InlineData("llama-7b", "hidden_size", "null", "hidden_size is missing")]
    [InlineData("llama-7b", "num_key_value_heads", "5", "32 heads cannot share 5 heads of keys and values evenly")]
    [InlineData("llama-7b", "hidden_size", "4097", "the hidden size 4097 cannot be divided evenly among 32 heads")]
    [InlineData("pythia-160m", "rotary_pct", "0.11", "rotary positions cannot turn 7 of the 64 coordinates of a head; it must be an even number of them")]
    [InlineData("gpt-j-6b", "rotary_dim", "258", "rotary positions cannot turn 258 of the 256 coordinates of a head; it must be an even number of them")]
    [InlineData("llama-7b", "num_experts", "4", "num_experts is 4, but only 0 is supported")]
    [InlineData("llama-7b", "attn_logit_softcapping", "50.0", "attn_logit_softcapping is 50, but only null is supported")]
    [InlineData("gemma-2-2b", "final_logit_softcapping", "0", "final_logit_softcapping is '0', which is not a number above 0")]
    [InlineData("gemma-2-2b", "attn_logit_softcapping", "1e-300", "attn_logit_softcapping is 1E-300, which is not between 0.001 and 1000000")]
    [InlineData("qwen3-0.6b", "layer_types", "[\"full_attention\"]", "layer_types names 1 layers, but there are 28")]
    [InlineData("qwen3-0.6b", "layer_types", "[\"linear_attention\"]", "layer_types is '[\"linear_attention\"]', but only full_attention or sliding_attention for each layer is supported")]
    [InlineData("gpt-neo-125m", "attention_layers", "3", "attention_layers is '3', which is not a list of texts")]
    public void A_model_that_cannot_be_simulated_is_refused_without_a_spec(string name, string field, string value, string expected)
    {
        string path = Write(name, (field, value));

        Assert.Equal(
            $"{path}: this model cannot be simulated: {expected}. Load another checkpoint.",
            Assert.Throws<CheckpointFormatException>(() => HuggingFaceConfiguration.Read(path)).Message);
    }

    /// <summary>What the fields of Gemma-2 mean where they are not there, and that null is none.</summary>
    [Fact]
    public void Bounds_of_Gemma2_that_are_null_are_none_and_absent_ones_are_those_of_its_class()
    {
        AuxiliaryDescription none = HuggingFaceConfiguration.Read(
            Write("gemma-2-2b", ("final_logit_softcapping", "null"), ("attn_logit_softcapping", "null"), ("sliding_window", "null"))).Description;
        AuxiliaryDescription absent = HuggingFaceConfiguration.Read(
            Without("gemma-2-2b", "final_logit_softcapping", "attn_logit_softcapping", "sliding_window", "query_pre_attn_scalar", "head_dim")).Description;

        Assert.Equal((null, null, 0), (none.LogitCap, none.ScoreCap, none.SlidingWindow));
        Assert.Equal((30, 50, 4096, 256), (absent.LogitCap, absent.ScoreCap, absent.SlidingWindow, absent.HeadSize));
        Assert.Equal(1 / 16.0, absent.ScoreScale);
        Assert.Equal(Describe("gemma-2-2b"), absent);
    }

    [Theory]
    [InlineData("[[[\"global\"],7],[[\"local\"],5]]", 7)]
    [InlineData("[[[\"global\",\"global\",\"global\"],4]]", 12)]
    public void Windows_are_read_from_repeated_patterns(string pattern, int withoutWindow)
    {
        string path = Write("gpt-neo-125m", ("attention_layers", "null"), ("attention_types", pattern));

        AuxiliaryDescription model = HuggingFaceConfiguration.Read(path).Description;

        Assert.Equal(Enumerable.Range(0, 12).Select(layer => layer < withoutWindow ? 0 : 256), Enumerable.Range(0, 12).Select(model.WindowOf));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("[[[\"local\"],1000000000]]")]
    [InlineData("[[[1],12]]")]
    [InlineData("[[\"local\",12]]")]
    public void A_pattern_that_is_none_is_refused(string pattern)
    {
        string path = Write("gpt-neo-125m", ("attention_layers", "null"), ("attention_types", pattern));

        Assert.Contains(
            "which is not a list of patterns, each a list of texts and how often it comes",
            Assert.Throws<CheckpointFormatException>(() => HuggingFaceConfiguration.Read(path)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", "21", 32768, 21)]
    [InlineData("true", "0", 32768, 0)]
    [InlineData("true", "null", 0, 24)]
    [InlineData("false", "0", 0, 24)]
    public void Windows_of_Qwen2_are_switched_on_for_upper_layers(string isOn, string first, int window, int withoutWindow)
    {
        string path = Write("qwen2.5-0.5b", ("use_sliding_window", isOn), ("max_window_layers", first));

        AuxiliaryDescription model = HuggingFaceConfiguration.Read(path).Description;

        Assert.Equal(Enumerable.Range(0, 24).Select(layer => layer < withoutWindow ? 0 : window), Enumerable.Range(0, 24).Select(model.WindowOf));
    }

    [Fact]
    public void A_window_that_is_switched_off_is_none()
    {
        AuxiliaryDescription spec = Describe("qwen2.5-0.5b") with { SlidingWindow = 32768 };

        Assert.Contains(
            "sliding_window is 32768, which with the other fields means none, but auxiliary.sliding_window is 32768.",
            Error("qwen2.5-0.5b", "use_sliding_window", "false", spec),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Every_field_with_any_value_gives_a_model_or_the_typed_exception()
    {
        string[] values =
        [
            "null", "true", "false", "0", "-1", "7", "2.5", "1e400", "1e-300", "2147483647", "9223372036854775808", "NaN", "\"\"", "\"silu\"", "[]", "[1]", "[\"local\"]", "[\"sliding_attention\"]", "[[[\"local\"],-1]]", "{}", "{\"rope_type\":\"linear\",\"factor\":0}",
            "{\"type\":\"llama3\",\"factor\":1e308,\"low_freq_factor\":1e-308,\"high_freq_factor\":1e308,\"original_max_position_embeddings\":1e300}", "{\"rope_theta\":[]}",
        ];
        string path = directory.File("config.json");
        (int models, int refusals) = (0, 0);
        foreach (string published in Directory.GetFiles(Path.GetDirectoryName(Published("gpt2"))!).DistinctBy(
            file => HuggingFaceConfiguration.Read(file).Description.Architecture))
        {
            JsonObject configuration = JsonNode.Parse(File.ReadAllText(published))!.AsObject();
            AuxiliaryDescription spec = HuggingFaceConfiguration.Read(published).Description;
            string text = configuration.ToJsonString()[..^1];
            foreach (string field in configuration.Select(pair => pair.Key).Concat(
                ["rope_parameters", "layer_types", "sliding_window", "num_experts", "head_dim", "n_inner"]))
            {
                foreach (string value in values)
                {
                    // Of a key that is there twice the last counts.
                    File.WriteAllText(path, $"{text},\"{field}\":{value}}}");
                    try
                    {
                        AuxiliaryDescription model = HuggingFaceConfiguration.Read(path).Description;
                        Assert.True(model.QuerySize > 0 && model.WindowOf(model.LayerCount - 1) >= 0 && model.Rotary?.Frequencies().All(double.IsFinite) != false, $"{field}: {value}: {model}");
                        Assert.Throws<CheckpointFormatException>(() => HuggingFaceCheckpoint.Open(directory.Path, spec));
                        models++;
                    }
                    catch (CheckpointFormatException exception)
                    {
                        Assert.DoesNotContain(exception.Message, char.IsControl);
                        refusals++;
                    }
                }
            }
        }

        Assert.True(models > 1000 && refusals > 1000);
    }

    [Theory]
    [InlineData("gpt2", "GPT2LMHeadModel", "gpt2")]
    [InlineData("opt-125m", "OPTForCausalLM", "opt")]
    [InlineData("gpt-j-6b", "GPTJForCausalLM", "gptj")]
    [InlineData("gpt-neo-125m", "GPTNeoForCausalLM", "gpt_neo")]
    [InlineData("pythia-160m", "GPTNeoXForCausalLM", "gpt_neox")]
    [InlineData("bloom-560m", "BloomModel", "bloom")]
    [InlineData("llama-7b", "LlamaForCausalLM", "llama")]
    [InlineData("qwen2.5-0.5b", "Qwen2ForCausalLM", "qwen2")]
    [InlineData("gemma-2b", "FlaxGemmaForCausalLM", "gemma")]
    [InlineData("gemma-2-2b", "Gemma2ForCausalLM", "gemma2")]
    public void Classes_tell_the_family_where_nothing_else_does(string name, string className, string expected) =>
        Assert.Equal(expected, HuggingFaceConfiguration.Read(WriteClass(name, className)).Description.Architecture);

    [Theory]
    [InlineData("Qwen2MoeForCausalLM")]
    [InlineData("Gemma3ForCausalLM")]
    [InlineData("Phi3ForCausalLM")]
    [InlineData("OptimusModel")]
    public void Classes_of_other_families_are_not_mistaken(string className)
    {
        string path = WriteClass("llama-7b", className);

        Assert.Contains(
            $"model_type is missing and architectures is '[\"{className}\"]', but only gpt2, ",
            Assert.Throws<CheckpointFormatException>(() => HuggingFaceConfiguration.Read(path)).Message,
            StringComparison.Ordinal);
    }

    public void Dispose() => directory.Dispose();

    private string WriteClass(string name, string className)
    {
        JsonObject configuration = JsonNode.Parse(File.ReadAllText(Published(name)))!.AsObject();
        configuration.Remove("model_type");
        configuration["architectures"] = new JsonArray(className);
        string path = directory.File("config.json");
        File.WriteAllText(path, configuration.ToJsonString());
        return path;
    }

    private string Error(string name, string field, string value, AuxiliaryDescription spec)
    {
        Write(name, (field, value));
        return Assert.Throws<CheckpointFormatException>(() => HuggingFaceCheckpoint.Open(directory.Path, spec)).Message;
    }

    private static string Published(string name) =>
        Path.Combine(RepositoryFiles.InRepository("tests", "TinT.Runtime.Tests", "Checkpoints", "Configurations"), name + ".json");

    private static AuxiliaryDescription Describe(string name) => HuggingFaceConfiguration.Read(Published(name)).Description;

    private string Without(string name, params string[] fields)
    {
        JsonObject configuration = JsonNode.Parse(File.ReadAllText(Published(name)))!.AsObject();
        foreach (string field in fields)
            configuration.Remove(field);
        string path = directory.File("config.json");
        File.WriteAllText(path, configuration.ToJsonString());
        return path;
    }

    private string Write(string name, params (string Field, string Value)[] changes)
    {
        JsonObject configuration = JsonNode.Parse(File.ReadAllText(Published(name)))!.AsObject();
        foreach ((string field, string value) in changes)
            configuration[field] = JsonNode.Parse(value);
        string path = directory.File("config.json");
        File.WriteAllText(path, configuration.ToJsonString());
        return path;
    }
}
