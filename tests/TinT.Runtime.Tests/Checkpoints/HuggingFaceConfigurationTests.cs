using System.Text.Json.Nodes;
using TinT.Runtime.Checkpoints;

namespace TinT.Runtime.Tests.Checkpoints;

public sealed class HuggingFaceConfigurationTests
{
    private const string Mend = ". Change these keys of the spec or load another checkpoint.";

    [Fact]
    public void All_mismatches_of_a_GPT2_configuration_are_listed()
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        model.Auxiliary = model.Auxiliary with
        {
            VocabularySize = 6, MaxPositionEmbeddings = 9, HiddenSize = 8, LayerCount = 3, HeadCount = 4, IntermediateSize = 32, Activation = "relu", NormEpsilon = 1e-6,
        };

        Assert.Equal(
            $"{model.File("config.json")}: the checkpoint does not fit the spec: "
            + "n_embd is 4 but auxiliary.hidden_size is 8; n_layer is 2 but auxiliary.num_hidden_layers is 3; "
            + "n_head is 2 but auxiliary.num_attention_heads is 4; "
            + "n_inner is absent, which means 4 × n_embd = 16, but auxiliary.intermediate_size is 32; "
            + "n_positions is 8 but auxiliary.max_position_embeddings is 9; vocab_size is 5 but auxiliary.vocab_size is 6; "
            + "activation_function is 'gelu_new' but auxiliary.activation is 'relu'; "
            + "layer_norm_epsilon is 1E-05 but auxiliary.norm.epsilon is 1E-06" + Mend,
            model.OpenError());
    }

    [Fact]
    public void All_mismatches_of_an_OPT_configuration_are_listed()
    {
        using ModelDirectory model = ModelDirectory.Opt();
        model.Auxiliary = model.Auxiliary with
        {
            VocabularySize = 6, MaxPositionEmbeddings = 9, HiddenSize = 8, LayerCount = 3, HeadCount = 4, IntermediateSize = 32, Activation = "gelu", NormEpsilon = 1e-6,
        };

        Assert.Equal(
            $"{model.File("config.json")}: the checkpoint does not fit the spec: "
            + "hidden_size is 4 but auxiliary.hidden_size is 8; num_hidden_layers is 2 but auxiliary.num_hidden_layers is 3; "
            + "num_attention_heads is 2 but auxiliary.num_attention_heads is 4; ffn_dim is 12 but auxiliary.intermediate_size is 32; "
            + "max_position_embeddings is 8 but auxiliary.max_position_embeddings is 9; vocab_size is 5 but auxiliary.vocab_size is 6; "
            + "activation_function is 'relu' but auxiliary.activation is 'gelu'; "
            + "OPT's norm.epsilon is 1E-05 but auxiliary.norm.epsilon is 1E-06" + Mend,
            model.OpenError());
    }

    [Theory]
    [InlineData("gpt2", "n_inner", "12", "n_inner is 12 but auxiliary.intermediate_size is 16")]
    [InlineData("gpt2", "n_embd", "null", "n_embd is missing")]
    [InlineData("gpt2", "n_layer", "\"2\"", "n_layer is '\"2\"', which is not a whole number")]
    [InlineData("gpt2", "n_layer", "2.5", "n_layer is '2.5', which is not a whole number")]
    [InlineData("gpt2", "n_layer", "4294967298", "n_layer is 4294967298 but auxiliary.num_hidden_layers is 2")]
    [InlineData("gpt2", "layer_norm_epsilon", "\"small\"", "layer_norm_epsilon is '\"small\"', which is not a number")]
    [InlineData("gpt2", "activation_function", "[1]", "activation_function is '[1]', which is not a text")]
    [InlineData("gpt2", "activation_function", "\"gelu\"", "activation_function is 'gelu' but auxiliary.activation is 'gelu_new'")]
    [InlineData("gpt2", "scale_attn_weights", "false", "scale_attn_weights is false, but only true is supported")]
    [InlineData("gpt2", "scale_attn_weights", "0", "scale_attn_weights is '0', which is neither true nor false")]
    [InlineData("gpt2", "scale_attn_by_inverse_layer_idx", "true", "scale_attn_by_inverse_layer_idx is true, but only false is supported")]
    [InlineData("gpt2", "add_cross_attention", "true", "add_cross_attention is true, but only false is supported")]
    [InlineData("gpt2", "tie_word_embeddings", "\"no\"", "tie_word_embeddings is '\"no\"', which is neither true nor false")]
    [InlineData("gpt2", "model_type", "\"opt\"", "model_type is 'opt' but auxiliary.architecture is 'gpt2'")]
    [InlineData("opt", "do_layer_norm_before", "false", "do_layer_norm_before is false but auxiliary.norm.placement is pre")]
    [InlineData("opt", "enable_bias", "false", "enable_bias is false but auxiliary.bias is true")]
    [InlineData("opt", "layer_norm_elementwise_affine", "false", "layer_norm_elementwise_affine is false, but only true is supported")]
    [InlineData("opt", "_remove_final_layer_norm", "true", "_remove_final_layer_norm is true, but only false is supported")]
    [InlineData("opt", "word_embed_proj_dim", "2", "word_embed_proj_dim is 2 but auxiliary.word_embed_proj_dim is 4")]
    [InlineData("opt", "ffn_dim", "null", "ffn_dim is missing")]
    public void A_field_that_does_not_fit_is_named(string architecture, string field, string value, string mismatch)
    {
        using ModelDirectory model = architecture == "opt" ? ModelDirectory.Opt() : ModelDirectory.Gpt2();
        model.Configuration[field] = JsonNode.Parse(value);

        Assert.Equal($"{model.File("config.json")}: the checkpoint does not fit the spec: {mismatch}{Mend}", model.OpenError());
    }

    [Theory]
    [InlineData("gpt2", "n_inner", "16")]
    [InlineData("gpt2", "activation_function", "\"gelu_pytorch_tanh\"")]
    [InlineData("gpt2", "activation_function", "null")]
    [InlineData("gpt2", "activation_function", "\"gelu_accurate\"")]
    [InlineData("gpt2", "activation_function", "\"gelu_python_tanh\"")]
    [InlineData("gpt2", "activation_function", "\"gelu_fast\"")]
    [InlineData("gpt2", "reorder_and_upcast_attn", "true")]
    [InlineData("gpt2", "model_type", "null")]
    [InlineData("opt", "model_type", "null")]
    [InlineData("gpt2", "layer_norm_epsilon", "9.999999747378752e-06")]
    [InlineData("gpt2", "scale_attn_weights", "true")]
    [InlineData("gpt2", "tie_word_embeddings", "true")]
    [InlineData("opt", "word_embed_proj_dim", "null")]
    [InlineData("opt", "do_layer_norm_before", "null")]
    [InlineData("opt", "_remove_final_layer_norm", "false")]
    public void A_field_may_be_written_in_other_ways(string architecture, string field, string value)
    {
        using ModelDirectory model = architecture == "opt" ? ModelDirectory.Opt() : ModelDirectory.Gpt2();
        model.Configuration["architectures"] = new JsonArray(architecture == "opt" ? "OPTForCausalLM" : "GPT2LMHeadModel");
        model.Configuration[field] = JsonNode.Parse(value);
        model.Write("model.safetensors", TensorData.FromSingles("x", [2.5f], 1));

        using HuggingFaceCheckpoint checkpoint = model.Open();
        Assert.Equal([2.5f], checkpoint.Find("x", 1).ReadSingles());
    }

    [Theory]
    [InlineData("gelu", "gelu_python")]
    [InlineData("silu", "swish")]
    public void An_activation_may_have_another_name_for_the_same_function(string specified, string stored)
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        model.Auxiliary = model.Auxiliary with { Activation = specified };
        model.Configuration["activation_function"] = stored;
        model.Write("model.safetensors", TensorData.FromSingles("x", [2.5f], 1));

        using HuggingFaceCheckpoint checkpoint = model.Open();
        Assert.Equal([2.5f], checkpoint.Find("x", 1).ReadSingles());
    }

    [Theory]
    [InlineData("gpt2", "null", "model_type is missing but auxiliary.architecture is 'gpt2'")]
    [InlineData("gpt2", "[\"OPTForCausalLM\"]", "model_type is missing and architectures is '[\"OPTForCausalLM\"]' but auxiliary.architecture is 'gpt2'")]
    [InlineData("gpt2", "[\"GPT2\"]", "model_type is missing and architectures is '[\"GPT2\"]' but auxiliary.architecture is 'gpt2'")]
    [InlineData("gpt2", "[1]", "model_type is missing and architectures is '[1]' but auxiliary.architecture is 'gpt2'")]
    [InlineData("opt", "\"OPTModel\"", "model_type is missing and architectures is '\"OPTModel\"' but auxiliary.architecture is 'opt'")]
    [InlineData("opt", "[\"OptimusModel\",\"OPTimizer\"]", "model_type is missing and architectures is '[\"OptimusModel\",\"OPTimizer\"]' but auxiliary.architecture is 'opt'")]
    public void Without_a_model_type_the_architectures_must_tell(string architecture, string architectures, string mismatch)
    {
        using ModelDirectory model = architecture == "opt" ? ModelDirectory.Opt() : ModelDirectory.Gpt2();
        model.Configuration.Remove("model_type");
        model.Configuration["architectures"] = JsonNode.Parse(architectures);

        Assert.Equal($"{model.File("config.json")}: the checkpoint does not fit the spec: {mismatch}{Mend}", model.OpenError());
    }

    [Theory]
    [InlineData("GPT2Model")]
    [InlineData("TFGPT2LMHeadModel")]
    [InlineData("FlaxGPT2LMHeadModel")]
    public void Architectures_tell_the_family_in_every_framework(string name)
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        model.Configuration.Remove("model_type");
        model.Configuration["architectures"] = new JsonArray(name);
        model.Write("model.safetensors", TensorData.FromSingles("x", [2.5f], 1));

        using HuggingFaceCheckpoint checkpoint = model.Open();
        Assert.Equal([2.5f], checkpoint.Find("x", 1).ReadSingles());
    }

    [Theory]
    [InlineData("\uFEFF{0}")]
    [InlineData("{0}\r\n")]
    public void A_byte_order_mark_and_line_ends_do_not_matter(string format)
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        model.Write("model.safetensors", TensorData.FromSingles("x", [2.5f], 1));

        using HuggingFaceCheckpoint checkpoint = model.OpenWith(format.Replace("{0}", model.Configuration.ToJsonString(), StringComparison.Ordinal));
        Assert.Equal([2.5f], checkpoint.Find("x", 1).ReadSingles());
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("[NaN,-Infinity ,{\"x\\\"NaN\":Infinity}]")]
    public void A_number_that_only_Python_writes_does_no_harm_where_nobody_reads_it(string value)
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        model.Write("model.safetensors", TensorData.FromSingles("x", [2.5f], 1));

        using HuggingFaceCheckpoint checkpoint = model.OpenWith(WithField("initializer_range", value));
        Assert.Equal([2.5f], checkpoint.Find("x", 1).ReadSingles());
    }

    [Theory]
    [InlineData("layer_norm_epsilon", "NaN", "layer_norm_epsilon is 'NaN', which is not a number")]
    [InlineData("layer_norm_epsilon", "-Infinity", "layer_norm_epsilon is '-Infinity', which is not a number")]
    [InlineData("n_layer", "Infinity", "n_layer is 'Infinity', which is not a whole number")]
    [InlineData("scale_attn_weights", "NaN", "scale_attn_weights is 'NaN', which is neither true nor false")]
    [InlineData("activation_function", "NaN", "activation_function is 'NaN', which is not a text")]
    public void A_number_that_only_Python_writes_is_named_where_it_is_read(string field, string value, string mismatch)
    {
        using ModelDirectory model = ModelDirectory.Gpt2();

        string message = Assert.Throws<CheckpointFormatException>(() => model.OpenWith(WithField(field, value)).Dispose()).Message;
        Assert.Equal($"{model.File("config.json")}: the checkpoint does not fit the spec: {mismatch}{Mend}", message);
    }

    [Fact]
    public void Of_a_key_that_is_there_twice_the_last_counts()
    {
        using ModelDirectory model = ModelDirectory.Gpt2();

        string message = Assert.Throws<CheckpointFormatException>(() => model.OpenWith(WithField("n_layer", "3")).Dispose()).Message;
        Assert.Contains("n_layer is 3 but auxiliary.num_hidden_layers is 2", message, StringComparison.Ordinal);
    }

    [Fact]
    public void GPT2_sizes_may_have_their_general_names()
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        foreach ((string name, string general) in new[] { ("n_embd", "hidden_size"), ("n_layer", "num_hidden_layers"), ("n_head", "num_attention_heads"), ("n_positions", "max_position_embeddings") })
        {
            model.Configuration[general] = model.Configuration[name]!.DeepClone();
            model.Configuration.Remove(name);
        }

        model.Write("model.safetensors", TensorData.FromSingles("x", [2.5f], 1));
        using (HuggingFaceCheckpoint checkpoint = model.Open())
            Assert.Equal([2.5f], checkpoint.Find("x", 1).ReadSingles());

        model.Auxiliary = model.Auxiliary with { LayerCount = 3 };
        Assert.Equal(
            $"{model.File("config.json")}: the checkpoint does not fit the spec: num_hidden_layers is 2 but auxiliary.num_hidden_layers is 3{Mend}",
            model.OpenError());
    }

    [Theory]
    [InlineData("[]", "this is not a JSON object; download the file again.")]
    [InlineData("\"\"", "this is not a JSON object; download the file again.")]
    [InlineData("{\"model_type\":\"\\ud800\"}", "a text in this file is not valid Unicode; download the file again.")]
    [InlineData("{\"\\ud800\":1}", "a text in this file is not valid Unicode; download the file again.")]
    public void A_file_of_another_kind_is_refused(string json, string message)
    {
        Assert.Equal(message, ErrorOf(json));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"n_embd\":")]
    [InlineData("{\"n_embd\":nan}")]
    [InlineData("{\"n_embd\":NaNs}")]
    [InlineData("{\"n_embd\":+Infinity}")]
    [InlineData("{NaN:4}")]
    public void A_file_that_is_no_JSON_is_refused(string json)
    {
        string message = ErrorOf(json);

        Assert.StartsWith("this is not valid JSON (", message, StringComparison.Ordinal);
        Assert.EndsWith("); download the file again.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_the_parser_quotes_stays_on_one_line_and_short()
    {
        string message = ErrorOf("{\"n_inner\":nul\n" + new string('x', 100_000) + "}");

        Assert.StartsWith("this is not valid JSON ('nul\\u000axxx", message, StringComparison.Ordinal);
        Assert.Contains("xxx…xxx", message, StringComparison.Ordinal);
        Assert.EndsWith("LineNumber: 0 | BytePositionInLine: 14.); download the file again.", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 200, 400);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        Assert.StartsWith("this is not valid JSON (", ErrorOf("{\"a\":" + new string('[', 100_000)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_too_large_for_a_configuration_is_refused()
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        using (FileStream stream = File.Create(model.File("config.json")))
            stream.SetLength((64L << 20) + 1);

        Assert.Equal(
            $"{model.File("config.json")}: the file is larger than 64 MiB, too large for a configuration; check that it is the right file.",
            Assert.Throws<CheckpointFormatException>(() => HuggingFaceCheckpoint.Open(model.Path, model.Auxiliary)).Message);
    }

    /// <summary>The configuration of a tiny GPT-2 with one more field, written as it stands.</summary>
    private static string WithField(string name, string value)
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        return $"{model.Configuration.ToJsonString()[..^1]},\"{name}\":{value}}}";
    }

    private static string ErrorOf(string json)
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        string path = model.File("config.json");
        File.WriteAllText(path, json);

        string message = Assert.Throws<CheckpointFormatException>(() => HuggingFaceCheckpoint.Open(model.Path, model.Auxiliary)).Message;
        Assert.StartsWith(path + ": ", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        return message[(path.Length + 2)..];
    }
}
