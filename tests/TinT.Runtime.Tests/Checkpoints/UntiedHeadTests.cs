using TinT.Model;
using TinT.Runtime.Checkpoints;

namespace TinT.Runtime.Tests.Checkpoints;

/// <summary>Output heads that are matrices of their own, and what else checkpoints of other architectures than GPT-2 and OPT have.</summary>
public sealed class UntiedHeadTests
{
    [Theory]
    [InlineData("gpt_neox.embed_in.weight", "embed_out.weight")]
    [InlineData("embed_in.weight", "embed_out.weight")]
    [InlineData("embed_in.weight", "gpt_neox.embed_out.weight")]
    public void A_head_of_its_own_is_found_as_other_tensors_are(string embedding, string head)
    {
        using ModelDirectory model = ModelDirectory.GptNeoX();
        model.Write("model.safetensors", TensorData.FromSingles(embedding, [1, 2], 1, 2), TensorData.FromSingles(head, [3, 4], 1, 2));

        using HuggingFaceCheckpoint checkpoint = model.Open();

        Assert.Equal([1f, 2f], checkpoint.Find("gpt_neox.embed_in.weight", 1, 2).ReadSingles());
        Assert.Equal([3f, 4f], checkpoint.Find("embed_out.weight", 1, 2).ReadSingles());
    }

    [Fact]
    public void A_head_of_its_own_that_is_not_there_is_named()
    {
        using ModelDirectory model = ModelDirectory.GptNeoX();
        model.Write("model.safetensors", TensorData.FromSingles("gpt_neox.embed_in.weight", [1, 2], 1, 2));

        Assert.Equal(
            $"{model.File("model.safetensors")}: config.json says tie_word_embeddings is false but there is no tensor 'embed_out.weight'; set it to true if the output head is the embedding, otherwise load a whole checkpoint.",
            model.OpenError());
    }

    [Fact]
    public void A_head_of_its_own_may_share_memory_with_the_embedding()
    {
        using ModelDirectory model = ModelDirectory.Llama();
        SafetensorsWriter.Write(
            model.File("model.safetensors"),
            [TensorData.FromSingles("model.embed_tokens.weight", [1, 2], 1, 2)],
            new Dictionary<string, string> { ["lm_head.weight"] = "model.embed_tokens.weight" });

        using HuggingFaceCheckpoint checkpoint = model.Open();

        Assert.Equal([1f, 2f], checkpoint.Find("lm_head.weight", 1, 2).ReadSingles());
    }

    [Fact]
    public void A_spec_with_a_tied_head_does_not_fit_a_checkpoint_with_another()
    {
        using ModelDirectory model = ModelDirectory.Llama();
        model.Auxiliary = model.Auxiliary with { TiesEmbeddings = true };
        model.Write(
            "model.safetensors", TensorData.FromSingles("model.embed_tokens.weight", [1, 2], 1, 2), TensorData.FromSingles("lm_head.weight", [3, 4], 1, 2));

        Assert.Equal(
            $"{model.File("model.safetensors")}: tensor 'lm_head.weight' differs from 'model.embed_tokens.weight', but the spec says that the output head is tied to the embedding; "
            + "set auxiliary.tie_word_embeddings to false or load a checkpoint with tied embeddings.",
            model.OpenError());
    }

    [Fact]
    public void A_spec_with_a_tied_head_fits_a_checkpoint_with_an_equal_one()
    {
        using ModelDirectory model = ModelDirectory.Llama();
        model.Auxiliary = model.Auxiliary with { TiesEmbeddings = true };
        model.Write(
            "model.safetensors", TensorData.FromSingles("model.embed_tokens.weight", [1, 2], 1, 2), TensorData.FromSingles("lm_head.weight", [1, 2], 1, 2));

        using HuggingFaceCheckpoint checkpoint = model.Open();

        Assert.Equal([1f, 2f], checkpoint.Find("model.embed_tokens.weight", 1, 2).ReadSingles());
    }

    [Fact]
    public void A_configuration_that_says_tied_does_not_fit_a_spec_that_says_otherwise()
    {
        using ModelDirectory model = ModelDirectory.Llama();
        model.Configuration["tie_word_embeddings"] = true;
        model.Write(
            "model.safetensors", TensorData.FromSingles("model.embed_tokens.weight", [1, 2], 1, 2), TensorData.FromSingles("lm_head.weight", [3, 4], 1, 2));

        Assert.Contains("tie_word_embeddings is true but auxiliary.tie_word_embeddings is false", model.OpenError(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_a_head_that_is_said_to_be_tied_differs_neither_is_guessed()
    {
        using ModelDirectory model = ModelDirectory.Llama();
        model.Configuration["tie_word_embeddings"] = true;
        model.Auxiliary = model.Auxiliary with { TiesEmbeddings = true };
        model.Write(
            "model.safetensors", TensorData.FromSingles("model.embed_tokens.weight", [1, 2], 1, 2), TensorData.FromSingles("lm_head.weight", [3, 4], 1, 2));

        Assert.Equal(
            $"{model.File("model.safetensors")}: tensor 'lm_head.weight' differs from 'model.embed_tokens.weight', but config.json and the spec say that the output head is tied to the embedding; "
            + "load a checkpoint with tied embeddings, or set tie_word_embeddings to false in both if the head is a matrix of its own.",
            model.OpenError());
    }

    [Fact]
    public void Buffers_are_not_looked_at()
    {
        using ModelDirectory model = ModelDirectory.GptNeoX();
        const string Layer = "gpt_neox.layers.0.attention";
        model.Write(
            "model.safetensors",
            TensorData.FromSingles("embed_out.weight", [3, 4], 1, 2),
            TensorData.FromBytes($"{Layer}.bias", TensorType.Bool, [1], 1, 1, 1, 1),
            TensorData.FromSingles($"{Layer}.masked_bias", [-1e9f]),
            TensorData.FromSingles($"{Layer}.rotary_emb.inv_freq", [1], 1),
            TensorData.FromSingles($"{Layer}.dense.bias", [5, 6, 7, 8], 4));

        using HuggingFaceCheckpoint checkpoint = model.Open();

        Assert.Equal([5f, 6f, 7f, 8f], checkpoint.Find($"{Layer}.dense.bias", 4).ReadSingles());
    }

    [Fact]
    public void A_bias_that_would_be_left_out_is_named()
    {
        using ModelDirectory model = ModelDirectory.Llama();
        model.Write(
            "model.safetensors",
            TensorData.FromSingles("lm_head.weight", [3, 4], 1, 2),
            TensorData.FromSingles("model.layers.0.self_attn.q_proj.bias", [1, 2, 3, 4], 4));

        Assert.Equal(
            $"{model.File("model.safetensors")}: there is a tensor 'model.layers.0.self_attn.q_proj.bias', but by config.json and the spec the model has no such bias; set the flag of both that says so, or load another checkpoint.",
            model.OpenError());

        model.Auxiliary = model.Auxiliary with { Biases = ModuleBiases.QueryKeyValue | ModuleBiases.AttentionOutput };
        model.Configuration["attention_bias"] = true;
        using HuggingFaceCheckpoint checkpoint = model.Open();
        Assert.Equal([1f, 2f, 3f, 4f], checkpoint.Find("model.layers.0.self_attn.q_proj.bias", 4).ReadSingles());
    }
}
