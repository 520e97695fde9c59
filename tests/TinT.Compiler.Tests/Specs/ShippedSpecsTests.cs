using TinT.Compiler.Specs;
using TinT.Compiler.Specs.Reading;
using TinT.Tests.Common;

namespace TinT.Compiler.Tests.Specs;

public sealed class ShippedSpecsTests
{
    // Auxiliary vocabulary, context, D, heads, layers and simulator H, P, heads; the last three are the settings table of the paper.
    [Theory]
    [InlineData("gpt2", "Gpt2", "gpt2", 50257, 1024, 768, 12, 12, 3072, 256, 12)]
    [InlineData("gpt2-medium", "Gpt2Medium", "gpt2", 50257, 1024, 1024, 16, 24, 5120, 256, 20)]
    [InlineData("gpt2-large", "Gpt2Large", "gpt2", 50257, 1024, 1280, 20, 36, 6400, 320, 20)]
    [InlineData("gpt2-xl", "Gpt2Xl", "gpt2", 50257, 1024, 1600, 25, 48, 9600, 320, 30)]
    [InlineData("opt-125m", "Opt125M", "opt", 50272, 2048, 768, 12, 12, 3072, 256, 12)]
    [InlineData("opt-1.3b", "Opt1_3B", "opt", 50272, 2048, 2048, 32, 24, 10240, 512, 40)]
    [InlineData("opt-2.7b", "Opt2_7B", "opt", 50272, 2048, 2560, 32, 32, 12800, 640, 40)]
    [InlineData("byte-gpt2", "ByteGpt2", "gpt2", 256, 256, 128, 4, 4, 640, 32, 5)]
    [InlineData("few-shot-gpt2", "FewShotGpt2", "gpt2", 1147, 192, 128, 4, 4, 640, 32, 5)]
    public void A_shipped_spec_has_its_checkpoints_sizes_and_the_papers_simulator(
        string file,
        string model,
        string architecture,
        int vocabularySize,
        int context,
        int hiddenSize,
        int heads,
        int layers,
        int simulatorHiddenSize,
        int prefixTokens,
        int simulatorHeads)
    {
        SpecReadResult result = Read(file);

        Assert.Equal([], result.Diagnostics.Select(diagnostic => diagnostic.Message));
        ModelSpec spec = result.Spec!;
        Assert.Equal((model, architecture), (spec.Model.Value, spec.Auxiliary.Architecture.Value.Name));
        Assert.Equal(
            [vocabularySize, context, hiddenSize, heads, layers, 4 * hiddenSize],
            new int[]
            {
                spec.Auxiliary.VocabularySize, spec.Auxiliary.MaxPositionEmbeddings, spec.Auxiliary.HiddenSize,
                spec.Auxiliary.HeadCount, spec.Auxiliary.LayerCount, spec.Auxiliary.IntermediateSize,
            });
        Assert.Equal(
            [simulatorHiddenSize, prefixTokens, simulatorHeads],
            new int[] { spec.Simulator.HiddenSize, spec.Simulator.PrefixTokens, spec.Simulator.HeadCount });
        Assert.Equal(layers, spec.Training.Layers.Value);
    }

    [Fact]
    public void The_gpt2_spec_writes_out_the_defaults()
    {
        SpecReadResult defaults = SpecReader.Read("""
            model: Gpt2
            auxiliary:
              vocab_size: 50257
              max_position_embeddings: 1024
              hidden_size: 768
              num_hidden_layers: 12
              num_attention_heads: 12
            simulator:
              sharding: 3
            """);

        Assert.Equal(SpecValues.Of(defaults.Spec!), SpecValues.Of(Read("gpt2").Spec!));
    }

    /// <summary>Weights that the hub tells of these checkpoints, tied heads counted once, in millions; and what else tells them apart.</summary>
    [Theory]
    [InlineData("pythia-70m", "gpt_neox", 70.43)]
    [InlineData("pythia-160m", "gpt_neox", 162.32)]
    [InlineData("pythia-410m", "gpt_neox", 405.33)]
    [InlineData("pythia-1b", "gpt_neox", 1011.78)]
    [InlineData("pythia-1.4b", "gpt_neox", 1414.65)]
    [InlineData("tinyllama-1.1b", "llama", 1100.05)]
    [InlineData("llama-3.2-1b", "llama", 1235.81)]
    [InlineData("smollm2-135m", "llama", 134.52)]
    [InlineData("smollm2-360m", "llama", 361.82)]
    [InlineData("qwen2.5-0.5b", "qwen2", 494.03)]
    [InlineData("qwen3-0.6b", "qwen3", 596.05)]
    [InlineData("gpt-j-6b", "gptj", 6050.88)]
    [InlineData("bloom-560m", "bloom", 559.21)]
    [InlineData("opt-350m", "opt", 331.20)]
    [InlineData("phi-1.5", "phi", 1418.27)]
    [InlineData("gemma-2b", "gemma", 2506.17)]
    [InlineData("gemma-2-2b", "gemma2", 2614.34)]
    [InlineData("mistral-7b", "mistral", 7241.73)]
    [InlineData("falcon-rw-1b", "falcon", 1311.63)]
    public void A_shipped_spec_of_another_architecture_has_its_checkpoints_weights(string file, string architecture, double millions)
    {
        SpecReadResult result = Read(file);

        Assert.Equal([], result.Diagnostics.Select(diagnostic => diagnostic.Message));
        Assert.Equal(architecture, result.Spec!.Auxiliary.Architecture.Value.Name);
        Assert.Equal(millions, Math.Round(result.Spec.Auxiliary.ParameterCount / 1e6, 2));
    }

    [Fact]
    public void Every_shipped_spec_is_in_a_table_above_and_names_its_own_class()
    {
        string[] paths = Directory.GetFiles(RepositoryFiles.InRepository("specs"), "*.tint.yaml");

        Assert.Equal(28, paths.Length);
        Assert.Equal(28, paths.Select(path => SpecReader.Read(File.ReadAllText(path)).Model).Distinct().Count());
    }

    private static SpecReadResult Read(string file) =>
        SpecReader.Read(File.ReadAllText(RepositoryFiles.InRepository("specs", $"{file}.tint.yaml")));
}
