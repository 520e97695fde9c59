using TinT.Agreement.Scaling;
using TinT.Compiler.Specs;
using TinT.Compiler.Specs.Writing;
using TinT.Tests.Common;

namespace TinT.Agreement.Tests.Scaling;

public sealed class SmallScaleTests
{
    public static TheoryData<string> Specs =>
        [.. Directory.GetFiles(RepositoryFiles.InRepository("specs"), "*.tint.yaml").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Specs))]
    public void A_scaled_spec_obeys_the_rules_and_keeps_ratios_heads_and_sharding(string name)
    {
        ModelSpec spec = SpecTexts.Read(File.ReadAllText(RepositoryFiles.InRepository("specs", name)));
        ModelSpec small = SmallScale.Of(spec);

        // The rules are the reader's.
        Assert.Equal(SpecWriter.Write(small), SpecWriter.Write(SpecTexts.Read(SpecWriter.Write(small))));
        Assert.InRange(small.Auxiliary.HiddenSize.Value, 16, 128);
        Assert.InRange(small.Auxiliary.LayerCount.Value, 1, 3);
        Assert.Equal(spec.Auxiliary.HeadCount.Value, small.Auxiliary.HeadCount.Value);
        Assert.Equal(spec.Auxiliary.FeedForwardBlocks, small.Auxiliary.FeedForwardBlocks);
        Assert.Equal(spec.Simulator.Sharding.Value, small.Simulator.Sharding.Value);
        Assert.Equal(spec.Simulator.HeadCount.Value, small.Simulator.HeadCount.Value);
        Assert.Equal(spec.Simulator.HiddenSize / spec.Auxiliary.HiddenSize, small.Simulator.HiddenSize / small.Auxiliary.HiddenSize);
        Assert.Equal(spec.Training.Layers == spec.Auxiliary.LayerCount, small.Training.Layers == small.Auxiliary.LayerCount);
        Assert.Equal(spec.Training.Attention.Value, small.Training.Attention.Value);
        Assert.Equal(spec.Training.LearningRate.Value, small.Training.LearningRate.Value);
    }

    [Fact]
    public void A_spec_that_is_small_stays_as_it_is()
    {
        ModelSpec spec = SpecTexts.Read(new SmallSpec("Small") { Context = 16 }.Text);
        Assert.Equal(SpecWriter.Write(spec), SpecWriter.Write(SmallScale.Of(spec)));
    }

    [Theory]
    [InlineData(12, 1, 1)]
    [InlineData(12, 6, 2)]
    [InlineData(12, 11, 2)]
    [InlineData(2, 1, 1)]
    public void Some_layers_stay_untrained_if_some_did(int layers, int trained, int expected)
    {
        ModelSpec spec = SpecTexts.Read(new SmallSpec("Small") { LayerCount = layers, TrainedLayers = trained }.Text);
        Assert.Equal(expected, SmallScale.Of(spec).Training.Layers.Value);
    }
}
