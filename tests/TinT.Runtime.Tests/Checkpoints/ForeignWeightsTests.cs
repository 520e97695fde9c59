using TinT.Runtime.Checkpoints;

namespace TinT.Runtime.Tests.Checkpoints;

/// <summary>Directories that hold something else than weights that are read.</summary>
public sealed class ForeignWeightsTests
{
    private const string Convert = "python -c \"from transformers import AutoModelForCausalLM; AutoModelForCausalLM.from_pretrained('.'";

    [Theory]
    [InlineData("pytorch_model-00001-of-00002.bin", "shards, but pytorch_model.bin.index.json, which says what lies in which, is missing; download it into this directory.")]
    [InlineData("adapter_model.bin", "an adapter (PEFT), not a model; merge it into its base model with merge_and_unload() of peft and save_pretrained('.').")]
    [InlineData("pytorch_model.fp16.bin", "a file under another name than pytorch_model.bin; rename the file to pytorch_model.bin if it holds the model.")]
    [InlineData("consolidated.00.pth", "weights of LLaMA as Meta publishes them, under other names and with the rows of queries and keys in another order; download the model in the layout of transformers, or convert it with convert_llama_weights_to_hf.py of transformers.")]
    [InlineData("ckpt_5000.pt", "a training checkpoint under another name than ckpt.pt; rename the file to ckpt.pt if it is one of nanoGPT.")]
    [InlineData("model.pth", "a file of PyTorch under another name than pytorch_model.bin; rename the file to pytorch_model.bin if it holds the model by the names of transformers.")]
    [InlineData("tf_model.h5", "weights of TensorFlow; convert them, with transformers 4 and TensorFlow installed, with " + Convert + ", from_tf=True).save_pretrained('.')\" in this directory.")]
    [InlineData("flax_model.msgpack", "weights of Flax; convert them, with transformers 4 and Flax installed, with " + Convert + ", from_flax=True).save_pretrained('.')\" in this directory.")]
    [InlineData("model.ckpt.index", "a checkpoint of TensorFlow 1; convert it with the script convert_gpt2_original_tf_checkpoint_to_pytorch.py of transformers 4.")]
    [InlineData("model-Q8_0.gguf", "weights of llama.cpp (GGUF); download the model that they were made of, with config.json and safetensors.")]
    [InlineData("decoder_model.onnx", "an ONNX graph; download the model that it was made of.")]
    [InlineData("adapter_model.safetensors", "an adapter (PEFT), not a model; merge it into its base model with merge_and_unload() of peft and save_pretrained('.').")]
    [InlineData("model.fp16.safetensors", "weights under another name than model.safetensors; rename the file to model.safetensors if it holds the model.")]
    [InlineData("model-00001-of-00002.safetensors", "shards, but model.safetensors.index.json, which says what lies in which, is missing; download it into this directory.")]
    public void What_is_there_instead_is_told_with_the_way_to_convert_it(string name, string told)
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        File.WriteAllText(model.File(name), "");

        Assert.Equal(
            $"{model.Path}: there is neither config.json nor model.safetensors nor pytorch_model.bin nor ckpt.pt; '{name}' is there: {told}",
            Assert.Throws<CheckpointFormatException>(() => HuggingFaceCheckpoint.Open(model.Path, model.Auxiliary)).Message);
        Assert.Equal($"{model.Path}: there is neither model.safetensors nor pytorch_model.bin nor ckpt.pt; '{name}' is there: {told}", model.OpenError());
    }

    [Fact]
    public void Of_several_kinds_the_closest_is_told_and_all_of_its_files()
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        foreach (string name in (string[])["tf_model.h5", "ckpt_1.pt", "model-00002-of-00002.safetensors", "model-00001-of-00002.safetensors", "README.md"])
            File.WriteAllText(model.File(name), "");

        Assert.Contains(
            "; 'model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors' are there: shards, but model.safetensors.index.json",
            model.OpenError(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("model.safetensors")]
    [InlineData("model.safetensors.index.json")]
    [InlineData("model-1.safetensors")]
    public void A_pointer_left_by_Git_LFS_is_recognised_in_any_file(string name)
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        File.WriteAllText(model.File("config.json"), model.Configuration.ToJsonString());
        File.WriteAllText(model.File("model.safetensors.index.json"), """{"weight_map":{"wte.weight":"model-1.safetensors"}}""");
        model.Write("model-1.safetensors", TensorData.FromSingles("wte.weight", [1], 1));
        HuggingFaceCheckpoint.Open(model.Path, model.Auxiliary).Dispose();
        File.WriteAllText(model.File(name), "version https://git-lfs.github.com/spec/v1\noid sha256:0123456789abcdef\nsize 497774208\n");

        Assert.Equal(
            $"{model.File(name)}: this is a Git LFS pointer, not the file itself; run 'git lfs pull'.",
            Assert.Throws<CheckpointFormatException>(() => HuggingFaceCheckpoint.Open(model.Path, model.Auxiliary)).Message);
    }
}
