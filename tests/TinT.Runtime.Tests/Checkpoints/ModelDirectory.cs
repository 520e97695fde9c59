using System.Text.Json.Nodes;
using TinT.Model;
using TinT.Model.Architectures;
using TinT.Runtime.Checkpoints;

namespace TinT.Runtime.Tests.Checkpoints;

/// <summary>A model directory of a tiny model, of which tests change one thing.</summary>
internal sealed class ModelDirectory : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    private ModelDirectory(AuxiliaryDescription auxiliary, JsonObject configuration)
    {
        Auxiliary = auxiliary;
        Configuration = configuration;
    }

    /// <summary>What the spec says; the directory fits until a test changes it.</summary>
    public AuxiliaryDescription Auxiliary { get; set; }

    /// <summary>Content of <c>config.json</c>, written by <see cref="Open"/>.</summary>
    public JsonObject Configuration { get; }

    public string Path => directory.Path;

    public static ModelDirectory Gpt2() => new(
        Describe("gpt2", inner: 16),
        JsonNode.Parse(
            """
            {"model_type":"gpt2","vocab_size":5,"n_positions":8,"n_embd":4,"n_layer":2,"n_head":2,"n_inner":null,
             "activation_function":"gelu_new","layer_norm_epsilon":1e-05}
            """)!.AsObject());

    public static ModelDirectory Opt() => new(
        Describe("opt", inner: 12),
        JsonNode.Parse(
            """
            {"model_type":"opt","vocab_size":5,"max_position_embeddings":8,"hidden_size":4,"num_hidden_layers":2,"num_attention_heads":2,
             "ffn_dim":12,"word_embed_proj_dim":4,"do_layer_norm_before":true,"activation_function":"relu"}
            """)!.AsObject());

    public static ModelDirectory GptNeoX() => new(
        Describe("gpt_neox", inner: 16) with { Rotary = new RotaryDescription(10000, 2) },
        JsonNode.Parse(
            """
            {"model_type":"gpt_neox","vocab_size":5,"max_position_embeddings":8,"hidden_size":4,"num_hidden_layers":2,"num_attention_heads":2,
             "intermediate_size":16,"rotary_pct":1.0,"tie_word_embeddings":false}
            """)!.AsObject());

    public static ModelDirectory Llama() => new(
        Describe("llama", inner: 12),
        JsonNode.Parse(
            """
            {"model_type":"llama","vocab_size":5,"max_position_embeddings":8,"hidden_size":4,"num_hidden_layers":2,"num_attention_heads":2,
             "intermediate_size":12,"tie_word_embeddings":false}
            """)!.AsObject());

    public string File(string name) => directory.File(name);

    /// <summary>Writes weights.</summary>
    public void Write(string name, params IReadOnlyList<TensorData> tensors) => SafetensorsWriter.Write(File(name), tensors);

    /// <summary>Writes <c>config.json</c> and opens the directory.</summary>
    public HuggingFaceCheckpoint Open() => OpenWith(Configuration.ToJsonString());

    /// <summary>Writes a text as <c>config.json</c> and opens the directory.</summary>
    public HuggingFaceCheckpoint OpenWith(string configuration)
    {
        System.IO.File.WriteAllText(File("config.json"), configuration);
        return HuggingFaceCheckpoint.Open(Path, Auxiliary);
    }

    /// <summary>Message of the error that opening gives.</summary>
    public string OpenError()
    {
        string message = Assert.Throws<CheckpointFormatException>(() => Open().Dispose()).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    public void Dispose() => directory.Dispose();

    private static AuxiliaryDescription Describe(string architecture, int inner) => KnownArchitectures.Of(architecture).Describe(new AuxiliaryOptions
    {
        VocabularySize = 5, MaxPositionEmbeddings = 8, HiddenSize = 4, LayerCount = 2, HeadCount = 2, IntermediateSize = inner,
    });
}
