using TinT.Runtime.Checkpoints;
using TinT.Tests.Common;

namespace TinT.Runtime.Tests.Checkpoints.PyTorch;

/// <summary>Model directories with <c>pytorch_model.bin</c>, whole or in shards.</summary>
public sealed class PyTorchDirectoryTests : IDisposable
{
    private readonly ModelDirectory model = ModelDirectory.Gpt2();

    public void Dispose() => model.Dispose();

    [Theory]
    [InlineData("transformer.")]
    [InlineData("")]
    public void Tensors_are_found_with_and_without_the_prefix(string prefix)
    {
        Write("pytorch_model.bin", new TorchState().Add($"{prefix}ln_f.weight", [1, 2, 3, 4], 4));

        using HuggingFaceCheckpoint checkpoint = model.Open();

        Assert.Equal([1, 2, 3, 4], checkpoint.Find("transformer.ln_f.weight", 4).ReadSingles());
    }

    [Fact]
    public void Shards_are_found_by_their_index()
    {
        Write("pytorch_model-00001-of-00002.bin", new TorchState().Add("transformer.wte.weight", [1, 2], 2));
        Write("pytorch_model-00002-of-00002.bin", new TorchState().Add("transformer.ln_f.weight", [3, 4], 2));
        File.WriteAllText(
            model.File("pytorch_model.bin.index.json"),
            """{"metadata":{"total_size":16},"weight_map":{"transformer.wte.weight":"pytorch_model-00001-of-00002.bin","transformer.ln_f.weight":"pytorch_model-00002-of-00002.bin"}}""");

        using HuggingFaceCheckpoint checkpoint = model.Open();

        Assert.Equal([1, 2], checkpoint.Find("transformer.wte.weight", 2).ReadSingles());
        Assert.Equal([3, 4], checkpoint.Find("transformer.ln_f.weight", 2).ReadSingles());
    }

    [Fact]
    public void A_shard_without_what_the_index_promises_is_refused()
    {
        Write("pytorch_model-00001-of-00001.bin", new TorchState().Add("transformer.wte.weight", [1, 2], 2));
        File.WriteAllText(model.File("pytorch_model.bin.index.json"), """{"weight_map":{"transformer.ln_f.weight":"pytorch_model-00001-of-00001.bin"}}""");

        Assert.Equal(
            $"{model.File("pytorch_model-00001-of-00001.bin")}: the index pytorch_model.bin.index.json promises tensors that are not here: 'transformer.ln_f.weight'; download index and shards of the same version.",
            model.OpenError());
    }

    [Fact]
    public void Of_both_formats_safetensors_are_read_in_shards_too()
    {
        Write("pytorch_model.bin", new TorchState().Add("transformer.ln_f.weight", [1, 2], 2));
        model.Write("model-1.safetensors", TensorData.FromSingles("transformer.ln_f.weight", [3, 4], 2));
        File.WriteAllText(model.File("model.safetensors.index.json"), """{"weight_map":{"transformer.ln_f.weight":"model-1.safetensors"}}""");

        using (HuggingFaceCheckpoint sharded = model.Open())
            Assert.Equal([3, 4], sharded.Find("transformer.ln_f.weight", 2).ReadSingles());

        model.Write("model.safetensors", TensorData.FromSingles("transformer.ln_f.weight", [5, 6], 2));
        using HuggingFaceCheckpoint whole = model.Open();
        Assert.Equal([5, 6], whole.Find("transformer.ln_f.weight", 2).ReadSingles());
    }

    [Fact]
    public void A_head_that_shares_the_storage_of_the_embedding_is_tied()
    {
        model.Configuration["tie_word_embeddings"] = false;
        TorchState state = new();
        string key = state.Store([.. Enumerable.Range(0, 20).Select(index => (float)index)]);
        Write("pytorch_model.bin", state.Add("transformer.wte.weight", key, 0, [5, 4], [4, 1]).Add("lm_head.weight", key, 0, [5, 4], [4, 1]));

        using HuggingFaceCheckpoint checkpoint = model.Open();

        Assert.Equal(19, checkpoint.Find("transformer.wte.weight", 5, 4).ReadSingles()[^1]);
    }

    [Fact]
    public void A_head_that_is_the_embedding_in_another_order_is_one_of_its_own()
    {
        TorchState state = new();
        string key = state.Store([.. Enumerable.Range(0, 16).Select(index => (float)index)]);
        Write("pytorch_model.bin", state.Add("transformer.wte.weight", key, 0, [4, 4], [4, 1]).Add("lm_head.weight", key, 0, [4, 4], [1, 4]));

        Assert.StartsWith(
            $"{model.File("pytorch_model.bin")}: tensor 'lm_head.weight' differs from 'transformer.wte.weight'", model.OpenError(), StringComparison.Ordinal);
    }

    [Fact]
    public void Endless_tensors_of_one_element_are_not_compared_but_refused_by_their_shape()
    {
        TorchState state = new();
        string key = state.Store(1f);
        string other = state.Store(1f);
        long[] endless = [1L << 30, 1L << 30];
        Write("pytorch_model.bin", state.Add("transformer.wte.weight", key, 0, endless, [0, 0]).Add("lm_head.weight", other, 0, endless, [0, 0]));

        using HuggingFaceCheckpoint checkpoint = model.Open();

        Assert.EndsWith(
            "has shape [1073741824, 1073741824] but the spec needs [5, 4]; load a checkpoint of the spec's sizes.",
            Assert.Throws<CheckpointFormatException>(() => checkpoint.Find("transformer.wte.weight", 5, 4)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_not_finite_are_told_by_their_index_in_the_view()
    {
        TorchState state = new();
        string key = state.Store(1f, 2f, float.NaN, 4f, 5f, 6f);
        Write("pytorch_model.bin", state.Add("transformer.wte.weight", key, 0, [3, 2], [1, 3]));

        using HuggingFaceCheckpoint checkpoint = model.Open();

        Assert.Equal(
            $"{model.File("pytorch_model.bin")}: tensor 'transformer.wte.weight' holds NaN at element 4 of 6, which is not finite in 32 bits; use a checkpoint whose training did not diverge.",
            Assert.Throws<CheckpointFormatException>(() => checkpoint.Find("transformer.wte.weight", 3, 2).CopyFiniteTo(new float[6])).Message);
    }

    private void Write(string name, TorchState state) => File.WriteAllBytes(model.File(name), state.ToArray());
}
