using TinT.Compiler.Specs;
using TinT.Tests.Common;

namespace TinT.Compiler.Tests.Specs;

public sealed class SpecReaderTests
{
    [SharedFolderFact("golden")]
    public void Every_golden_spec_reads_without_diagnostics()
    {
        string[] paths = Directory.GetFiles(RepositoryFiles.InShared("golden"), "*.tint.yaml", SearchOption.AllDirectories);

        Assert.NotEmpty(paths);
        foreach (string path in paths)
            Assert.Equal([], SpecReader.Read(File.ReadAllText(path)).Diagnostics.Select(diagnostic => diagnostic.Message));
    }

    // The settings table of the paper: auxiliary D, h, L and simulator H, P, heads.
    [Theory]
    [InlineData(768, 12, 12, 3072, 256, 12)]
    [InlineData(1024, 16, 24, 5120, 256, 20)]
    [InlineData(1280, 20, 36, 6400, 320, 20)]
    [InlineData(1600, 25, 48, 9600, 320, 30)]
    [InlineData(2048, 32, 24, 10240, 512, 40)]
    [InlineData(2560, 32, 32, 12800, 640, 40)]
    public void Defaults_are_the_settings_of_the_paper(
        int hiddenSize, int heads, int layers, int simulatorHiddenSize, int prefixTokens, int simulatorHeads)
    {
        SpecReadResult result = SpecReader.Read($"""
            model: Known
            auxiliary:
              vocab_size: 50257
              max_position_embeddings: 1024
              hidden_size: {hiddenSize}
              num_hidden_layers: {layers}
              num_attention_heads: {heads}
            simulator:
              sharding: {hiddenSize / prefixTokens}
            """);

        Assert.Equal([], result.Diagnostics.Select(diagnostic => diagnostic.Message));
        SimulatorSpec simulator = result.Spec!.Simulator;
        Assert.Equal(
            (simulatorHiddenSize, prefixTokens, simulatorHeads),
            (simulator.HiddenSize.Value, simulator.PrefixTokens, simulator.HeadCount.Value));
    }
}
