using TinT.Generated;
using TinT.Model;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Models.Tests;

public sealed class ShippedModelsTests
{
    private static readonly SimulatorDescription[] models =
    [
        Gpt2Simulator.Model, Gpt2MediumSimulator.Model, Gpt2LargeSimulator.Model, Gpt2XlSimulator.Model,
        Opt125MSimulator.Model, Opt1_3BSimulator.Model, Opt2_7BSimulator.Model, ByteGpt2Simulator.Model,
    ];

    /// <summary>The settings that the authors published, and the byte model's defaults.</summary>
    [Theory]
    [InlineData("Gpt2", 768, 12, 12, 3072, 256, 12)]
    [InlineData("Gpt2Medium", 1024, 16, 24, 5120, 256, 20)]
    [InlineData("Gpt2Large", 1280, 20, 36, 6400, 320, 20)]
    [InlineData("Gpt2Xl", 1600, 25, 48, 9600, 320, 30)]
    [InlineData("Opt125M", 768, 12, 12, 3072, 256, 12)]
    [InlineData("Opt1_3B", 2048, 32, 24, 10240, 512, 40)]
    [InlineData("Opt2_7B", 2560, 32, 32, 12800, 640, 40)]
    [InlineData("ByteGpt2", 128, 4, 4, 640, 32, 5)]
    public void A_shipped_model_has_the_published_setting(
        string model, int hiddenSize, int heads, int layers, int simulatorSize, int prefixTokens, int simulatorHeads)
    {
        SimulatorDescription description = Assert.Single(models, candidate => candidate.Model == model);
        AuxiliaryDescription auxiliary = description.Auxiliary;

        Assert.Equal((hiddenSize, heads, layers), (auxiliary.HiddenSize, auxiliary.HeadCount, auxiliary.LayerCount));
        Assert.Equal((simulatorSize, prefixTokens, simulatorHeads), (description.HiddenSize, description.PrefixTokens, description.HeadCount));
        Assert.Equal(layers, description.Training.Layers);
        Assert.Equal(4 * hiddenSize, auxiliary.IntermediateSize);
    }

    [Fact]
    public void The_byte_model_agrees_with_the_plain_equations()
    {
        using ByteGpt2Simulator simulator = ByteGpt2Simulator.Load(ByteModel.Checkpoint);
        int[] ids = [.. "It was the best of times, it was the worst of times, it was the"u8];
        float[] mask = [.. ids.Select((_, token) => token < 32 ? 1f : 0f)];

        Agreements.AssertPlain(simulator, ByteModel.Checkpoint, new SimulationBatch(1, ids.Length, ids, mask));
    }
}
