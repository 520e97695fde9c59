using System.Text;
using TinT.Fuzz.Tests.Fuzzing;
using TinT.Model;
using TinT.Model.Architectures;
using TinT.Runtime.Checkpoints;

namespace TinT.Fuzz.Tests.Checkpoints;

/// <summary>Model directories with random faults open or are refused with the one exception that says what is wrong.</summary>
public sealed class HuggingFaceFuzzTests : IDisposable
{
    private const string ConfigurationName = "config.json";
    private const string WeightsName = "model.safetensors";
    private const string IndexName = "model.safetensors.index.json";
    private const string ShardName = "model-00001-of-00001.safetensors";

    private static readonly AuxiliaryDescription gpt2 = Describe("gpt2", inner: 16);
    private static readonly AuxiliaryDescription opt = Describe("opt", inner: 12);

    private static readonly (string Name, string Value)[] gpt2Fields =
    [
        ("model_type", "\"gpt2\""), ("architectures", "[\"GPT2LMHeadModel\"]"), ("vocab_size", "5"), ("n_positions", "8"), ("n_embd", "4"), ("n_layer", "2"),
        ("n_head", "2"), ("n_inner", "null"), ("activation_function", "\"gelu_new\""), ("layer_norm_epsilon", "1e-05"), ("tie_word_embeddings", "true"),
        ("scale_attn_weights", "true"), ("reorder_and_upcast_attn", "false"), ("initializer_range", "NaN"),
    ];

    private static readonly (string Name, string Value)[] optFields =
    [
        ("model_type", "\"opt\""), ("architectures", "[\"OPTForCausalLM\"]"), ("vocab_size", "5"), ("max_position_embeddings", "8"), ("hidden_size", "4"),
        ("num_hidden_layers", "2"), ("num_attention_heads", "2"), ("ffn_dim", "12"), ("word_embed_proj_dim", "4"), ("do_layer_norm_before", "true"),
        ("activation_function", "\"relu\""), ("tie_word_embeddings", "true"),
    ];

    private static readonly string[] values =
    [
        "null", "true", "false", "0", "-1", "2", "4", "2.0", "1e400", "-0", "9223372036854775808", "NaN", "-Infinity", "Infinity", "\"\"", "\"gpt2\"", "\"opt\"", "\"gelu_accurate\"",
        "[]", "{}", "[1]", "[null]", "\"\\ud800\"", "\"\u2028\"", "[\"\\udfff\"]", "{\"a\":[NaN]}", "nan", "\"NaN", "",
    ];

    private static readonly string[] tensorNames =
    [
        "transformer.wte.weight", "wte.weight", "lm_head.weight", "transformer.lm_head.weight", "decoder.embed_tokens.weight", "model.decoder.embed_tokens.weight",
        "transformer.h.0.ln_1.weight", "h.0.ln_1.weight", "h.0.ln_1.bias", "x\\ny", "", "\\ud800",
    ];

    private static readonly string[] shardNames =
        [ShardName, WeightsName, "", ".", "..", "../" + ShardName, "a\\u0000", "absent.safetensors", "\\ud800", ConfigurationName];

    private static readonly string[] otherFiles =
        ["pytorch_model.bin", "ckpt.pt", "tf_model.h5", "model-00001-of-00002.safetensors", "x.gguf", "a\nb.safetensors"];

    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_directory_opens_or_is_refused_with_the_typed_exception() => FuzzRun.ForBothKinds(10_000, 1, Build, Check, Show);

    private bool Check(Dictionary<string, byte[]> files)
    {
        foreach (string earlier in Directory.GetFiles(folder.FullName))
            File.Delete(earlier);
        foreach ((string name, byte[] bytes) in files)
            folder.Write(name, bytes);
        try
        {
            AuxiliaryDescription auxiliary = files.TryGetValue(ConfigurationName, out byte[]? configuration) && configuration.AsSpan().IndexOf("ffn_dim"u8) >= 0
                ? opt
                : gpt2;
            using HuggingFaceCheckpoint checkpoint = HuggingFaceCheckpoint.Open(folder.FullName, auxiliary);
            foreach (string name in tensorNames)
                ReadTensor(checkpoint, name);
            return true;
        }
        catch (CheckpointFormatException exception)
        {
            CheckMessage(exception);
            return false;
        }
    }

    private void ReadTensor(HuggingFaceCheckpoint checkpoint, string name)
    {
        try
        {
            if (name.Length > 0)
                Assert.Equal(2, checkpoint.Find(name, 2).ReadSingles().Length);
        }
        catch (CheckpointFormatException exception)
        {
            CheckMessage(exception);
        }
    }

    private void CheckMessage(CheckpointFormatException exception)
    {
        Assert.StartsWith(folder.FullName, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(exception.Message, char.IsControl);
    }

    private static AuxiliaryDescription Describe(string architecture, int inner) => KnownArchitectures.Of(architecture).Describe(new AuxiliaryOptions
    {
        VocabularySize = 5, MaxPositionEmbeddings = 8, HiddenSize = 4, LayerCount = 2, HeadCount = 2, IntermediateSize = inner,
    });

    private static Dictionary<string, byte[]> Build(Choices choices)
    {
        Dictionary<string, byte[]> files = new(StringComparer.Ordinal) { [ConfigurationName] = Encoding.UTF8.GetBytes(Configuration(choices)) };
        if (choices.Below(2) == 0)
        {
            files[WeightsName] = Weights(choices);
        }
        else
        {
            files[ShardName] = Weights(choices);
            files[IndexName] = Encoding.UTF8.GetBytes(Index(choices));
        }

        if (choices.Once(10))
            files.Remove(choices.Of([.. files.Keys]));
        if (choices.Once(10))
            files[choices.Of(otherFiles)] = [1, 2, 3];
        if (choices.Once(30))
            files[choices.Of([.. files.Keys])] = Encoding.UTF8.GetBytes("version https://git-lfs.github.com/spec/v1\n");
        if (files.Count > 0 && choices.Once(4))
        {
            string damaged = choices.Of([.. files.Keys]);
            files[damaged] = Damage.Apply(files[damaged], choices);
        }

        return files;
    }

    private static string Configuration(Choices choices)
    {
        List<(string Name, string Value)> fields = [.. choices.Below(2) == 0 ? gpt2Fields : optFields];
        for (int count = choices.Between(0, 2); count > 0; count--)
        {
            int index = choices.Below(fields.Count);
            switch (choices.Below(4))
            {
                case 0:
                    fields.RemoveAt(index);
                    break;
                case 1:
                    fields.Add((choices.Of("extra", "bos_token_id", fields[index].Name, "\\u006e_embd", "\\ud800"), choices.Of(values)));
                    break;
                default:
                    fields[index] = (fields[index].Name, choices.Of(values));
                    break;
            }
        }

        return $"{choices.Of("", "\uFEFF", " ")}{{{string.Join(',', fields.Select(field => $"\"{field.Name}\":{field.Value}"))}}}{choices.Of("", "\n")}";
    }

    private static string Index(Choices choices)
    {
        IEnumerable<string> map = Enumerable.Range(0, choices.Between(1, 3))
            .Select(_ => $"\"{choices.Of(tensorNames)}\":{(choices.Once(12) ? choices.Of(values) : $"\"{(choices.Once(6) ? choices.Of(shardNames) : ShardName)}\"")}");
        string metadata = choices.Once(4) ? $"\"{choices.Of(tensorNames)}\":\"{choices.Of(tensorNames)}\"" : "\"total_size\":8";
        return $"{{\"metadata\":{(choices.Once(8) ? choices.Of(values) : $"{{{metadata}}}")},\"weight_map\":{(choices.Once(12) ? choices.Of(values) : $"{{{string.Join(',', map)}}}")}}}";
    }

    private static byte[] Weights(Choices choices)
    {
        List<string> entries = [];
        int end = 0;
        foreach (int _ in Enumerable.Range(0, choices.Between(1, 4)))
        {
            (string type, int size) = choices.Of(("F32", 4), ("F16", 2), ("I8", 1), ("F8_E4M3", 1), ("F64", 8));
            int count = choices.Of(2, 2, 1, 0);
            entries.Add($"\"{(entries.Count == 0 ? choices.Of(tensorNames[..6]) : choices.Of(tensorNames))}\":{{\"dtype\":\"{type}\",\"shape\":[{count}],\"data_offsets\":[{end},{end + (count * size)}]}}");
            end += count * size;
        }

        if (choices.Once(3))
            entries.Add($"\"__metadata__\":{{\"{choices.Of(tensorNames)}\":\"{choices.Of(tensorNames)}\"}}");
        byte[] header = Encoding.UTF8.GetBytes($"{{{string.Join(',', entries)}}}");
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. new byte[end]];
    }

    private static string Show(Dictionary<string, byte[]> files) =>
        string.Join('\n', files.Select(file => $"{file.Key}: {Encoding.Latin1.GetString(file.Value)}"));
}
