using System.Reflection;
using TinT.Compiler.Devices;
using TinT.Model.Architectures;
using TinT.Reference.Weights;
using TinT.Runtime.Ilgpu;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Ilgpu.Tests;

/// <summary>Shapes of several tiles in every direction, none of them a whole number of tiles.</summary>
public sealed class TileTests
{
    private static readonly SmallSpec Base = new("Tiles")
    {
        HiddenSize = 84,
        HeadCount = 1,
        Sharding = 4,
        FeedForwardBlocks = 2,
        LayerCount = 1,
        TrainedLayers = 1,
        VocabularySize = 150,
        LearningRate = 1e-3,
    };

    [Theory]
    [InlineData("Wide", "exact", "primal", 75)]
    [InlineData("Wide", "exact", "dual", 75)]
    [InlineData("Narrow", "values", "primal", 40)]
    [InlineData("Narrow", "exact", "primal", 40)]
    [InlineData("Narrow", "exact", "dual", 40)]
    public void Shapes_of_several_tiles_follow_the_equations(string kernels, string attention, string update, int tokens)
    {
        SmallSpec spec = Base with { Attention = attention, Update = update, Steps = update == "dual" ? 2 : 1, Context = tokens };
        AssertPlain(spec, kernels == "Wide" ? GroupTiles.Wide : GroupTiles.Narrow, tokens);
    }

    /// <summary>Windows that leave out tiles, heads that share keys and are wider than a tile, and slopes.</summary>
    [Theory]
    [InlineData("Wide", "mistral", "exact", 131, 37)]
    [InlineData("Narrow", "mistral", "exact", 40, 11)]
    [InlineData("Narrow", "mistral", "values", 40, 16)]
    [InlineData("Narrow", "bloom", "values", 40, null)]
    public void Attention_of_other_architectures_follows_the_equations_over_several_tiles(
        string kernels, string architecture, string attention, int tokens, int? window)
    {
        bool groups = architecture == "mistral";
        bool wide = kernels == "Wide";
        SmallSpec spec = Base with
        {
            Architecture = architecture,
            Activation = KnownArchitectures.Of(architecture).Activation,
            HiddenSize = groups && wide ? 140 : 24,
            HeadCount = groups && wide ? 2 : 6,
            FeedForwardBlocks = groups ? 1 : 4,
            Attention = attention,
            Context = tokens,
            Options = groups ? new() { SlidingWindow = window, HeadSize = wide ? null : 18, KeyValueHeadCount = wide ? 1 : 2 } : new(),
        };
        AssertPlain(spec, wide ? GroupTiles.Wide : GroupTiles.Narrow, tokens);
    }

    [Theory]
    [InlineData("Wide", "softmax", false)]
    [InlineData("Narrow", "quadratic", false)]
    [InlineData("Wide", "softmax", true)]
    public void A_vocabulary_of_several_parts_follows_the_equations(string kernels, string loss, bool cuBlas)
    {
        const int tokens = 6;
        SmallSpec spec = Base with { HiddenSize = 12, Sharding = 4, VocabularySize = GroupTiles.HeadPart + 70, Loss = loss, Context = tokens };
        using var folder = new TemporaryFolder();
        RandomCheckpoint.Write(folder.Path, spec.Description.Auxiliary, seed: 1);
        using var device = new TestDevice(kernels == "Wide" ? 128 : 16);
        GpuSimulatorOptions? options = cuBlas ? CheckedGemm.Options : null;
        using ISimulator simulator = GpuCode.Load(GpuCode.Compile(spec), spec.Model, folder.Path, device.Accelerator, options: options);

        Agreements.AssertPlain(simulator, folder.Path, new SimulationBatch(1, tokens, [3, spec.VocabularySize - 1, 8200, 1, 8191, 8192], [1, 1, 1, 1, 0, 0]));
        if (!cuBlas)
            PlannedLaunches.AssertCounted(spec, kernels == "Wide" ? GroupTiles.Wide : GroupTiles.Narrow, simulator, seed: 3, tokens);
    }

    private static void AssertPlain(SmallSpec spec, GroupTile tile, int tokens)
    {
        Assembly code = GpuCode.Compile(spec);
        using var folder = new TemporaryFolder();
        RandomCheckpoint.Write(folder.Path, spec.Description.Auxiliary, seed: 1);
        using var device = new TestDevice(tile.Threads);
        using ISimulator simulator = GpuCode.Load(code, spec.Model, folder.Path, device.Accelerator);
        var random = new Random(2);

        // The training part begins and ends inside of a tile and has gaps.
        float[] training = [.. Enumerable.Range(0, tokens).Select(token => token >= 5 && token < tokens - 7 && token % 9 != 0 ? 1f : 0f)];
        var batch = new SimulationBatch(1, tokens, [.. Enumerable.Range(0, tokens).Select(_ => random.Next(spec.VocabularySize))], training)
        {
            IclMask = [.. Enumerable.Range(0, tokens * tokens).Select(index => index % (tokens + 1) == 0 || random.Next(4) > 0 ? 1f : 0f)],
        };

        Agreements.AssertPlain(simulator, folder.Path, batch);
        PlannedLaunches.AssertCounted(spec, tile, simulator, seed: 3, tokens);
    }
}
