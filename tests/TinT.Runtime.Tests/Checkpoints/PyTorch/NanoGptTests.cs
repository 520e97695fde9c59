using TinT.Runtime.Checkpoints;
using TinT.Tests.Common;

namespace TinT.Runtime.Tests.Checkpoints.PyTorch;

/// <summary>Training checkpoints as nanoGPT writes them.</summary>
public sealed class NanoGptTests : IDisposable
{
    private readonly ModelDirectory model = ModelDirectory.Gpt2();

    public void Dispose() => model.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("_orig_mod.")]
    public void Linear_weights_are_turned_square_ones_too_and_others_are_not(string prefix)
    {
        float[] numbers = [.. Enumerable.Range(0, 64).Select(index => (float)index)];
        File.WriteAllBytes(model.File("ckpt.pt"), Saved(
            state => state.Add($"{prefix}transformer.wte.weight", numbers[..20], 5, 4)
                .Add($"{prefix}transformer.h.1.attn.c_proj.weight", numbers[..16], 4, 4)
                .Add($"{prefix}transformer.h.1.mlp.c_fc.weight", numbers, 16, 4)
                .Add($"{prefix}transformer.h.1.mlp.c_fc.bias", numbers[..16], 16)));

        using HuggingFaceCheckpoint checkpoint = model.Open();

        Assert.Equal(numbers[..20], checkpoint.Find("transformer.wte.weight", 5, 4).ReadSingles());
        Assert.Equal(Turned(numbers, 4, 4), checkpoint.Find("transformer.h.1.attn.c_proj.weight", 4, 4).ReadSingles());
        Assert.Equal(Turned(numbers, 16, 4), checkpoint.Find("transformer.h.1.mlp.c_fc.weight", 4, 16).ReadSingles());
        Assert.Equal(numbers[..16], checkpoint.Find("transformer.h.1.mlp.c_fc.bias", 16).ReadSingles());
    }

    [Fact]
    public void The_same_tensors_without_model_args_are_those_of_transformers()
    {
        File.WriteAllBytes(model.File("pytorch_model.bin"), new TorchState().Add("transformer.h.1.attn.c_proj.weight", [.. Enumerable.Range(0, 16).Select(index => (float)index)], 4, 4).ToArray());

        using HuggingFaceCheckpoint checkpoint = model.Open();

        Assert.Equal(1, checkpoint.Find("transformer.h.1.attn.c_proj.weight", 4, 4).ReadSingles()[1]);
    }

    [Fact]
    public void Without_a_configuration_the_one_to_write_is_told()
    {
        File.WriteAllBytes(model.File("ckpt.pt"), Saved(state => state.Add("transformer.wte.weight", [1, 2], 2)));
        string told = $"{model.File("config.json")}: the file does not exist; write {{\"model_type\": \"gpt2\", \"vocab_size\": 5, \"n_positions\": 8, \"n_embd\": 4, \"n_layer\": 2, \"n_head\": 2, \"activation_function\": \"gelu\"}} into it, which is what ckpt.pt says of its model, with \"gelu_new\" if the model.py that trained it had new_gelu.";

        Assert.Equal(told, Assert.Throws<CheckpointFormatException>(() => HuggingFaceCheckpoint.Open(model.Path, model.Auxiliary)).Message);
        Assert.Equal(told, Assert.Throws<CheckpointFormatException>(() => HuggingFaceConfiguration.Read(model.File("config.json"))).Message);
    }

    [Fact]
    public void A_model_trained_without_biases_is_told()
    {
        File.WriteAllBytes(model.File("ckpt.pt"), Saved(state => state.Add("transformer.h.0.ln_1.weight", [1, 2, 3, 4], 4)));

        using HuggingFaceCheckpoint checkpoint = model.Open();

        Assert.Contains("in nanoGPT, with bias=False", Assert.Throws<CheckpointFormatException>(() => checkpoint.Find("transformer.h.0.ln_1.bias", 4)).Message, StringComparison.Ordinal);
    }

    /// <summary>A dictionary with the model, its arguments, a loss and a number of steps.</summary>
    private static byte[] Saved(Action<TorchState> fill)
    {
        TorchState state = new(pickle => pickle.Op("}(").Text("model"));
        fill(state);
        return state.ToArray(pickle =>
        {
            pickle.Text("model_args").Op("}(");
            foreach ((string name, int size) in ((string, int)[])[("n_layer", 2), ("n_head", 2), ("n_embd", 4), ("block_size", 8), ("vocab_size", 5)])
                pickle.Text(name).Whole(size);
            pickle.Text("bias").Op([0x88]).Text("dropout").Op("G").Op(new byte[8]).Op("u").Text("iter_num").Whole(5000).Op("u");
        });
    }

    private static float[] Turned(float[] numbers, int rows, int columns) =>
        [.. from column in Enumerable.Range(0, columns) from row in Enumerable.Range(0, rows) select numbers[(row * columns) + column]];
}
