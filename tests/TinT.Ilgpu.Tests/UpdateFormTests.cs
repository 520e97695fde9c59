using System.Reflection;
using TinT.Compiler.Layout;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Ilgpu.Tests;

/// <summary>The two forms of the update are the same function, and the tokens of a run decide between them.</summary>
public sealed class UpdateFormTests
{
    /// <summary>Rounding of two ways to the same sums, relative to the update: 6e-8 for each of some ten sums of some hundred terms.</summary>
    private const double Rounding = 3e-6;

    [Fact]
    public void Both_forms_move_logits_and_weights_alike()
    {
        SmallSpec primal = new("Primal") { Update = "primal", Steps = 3, LayerCount = 3, TrainedLayers = 2, Attention = "exact" };
        SmallSpec dual = primal with { Model = "Dual", Update = "dual" };
        Assembly code = GpuCode.Compile("Narrow", primal, dual);
        using var folder = new TemporaryFolder();
        RandomCheckpoint.Write(folder.Path, primal.Description.Auxiliary, seed: 1);
        using var device = new TestDevice(16);
        using ISimulator first = GpuCode.Load(code, primal.Model, folder.Path, device.Accelerator);
        using ISimulator second = GpuCode.Load(code, dual.Model, folder.Path, device.Accelerator);
        SimulationBatch batch = RandomCases.Batch(5, primal.Description.Auxiliary);

        SimulationResult expected = first.Run(batch, new RunOptions { WeightUpdates = true });
        SimulationResult actual = second.Run(batch, new RunOptions { WeightUpdates = true });

        // Before the first step both run the same kernels.
        Assert.Equal(expected.LogitsBefore, actual.LogitsBefore);
        double[] before = Difference.Widen(expected.LogitsBefore!);
        Assert.InRange(Difference.OfUpdate(Difference.Widen(actual.LogitsAfter!), Difference.Widen(expected.LogitsAfter!), before), 0, Rounding);
        Assert.Equal(expected.WeightUpdates[0].Select(update => update.Name), actual.WeightUpdates[0].Select(update => update.Name));

        // The second run asks for nothing that was not asked for before, so that no copy of weights is left to be confused with them.
        Assert.Equal(actual.LogitsAfter, second.Run(batch).LogitsAfter);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(40)]
    public void The_tokens_of_a_run_decide(int tokens)
    {
        // 33 tokens are the most for which the dual form of these sizes is the cheaper.
        SmallSpec spec = new("Automatic") { Context = 48, Steps = 1 };
        Assembly code = GpuCode.Compile("Narrow", spec);
        Type layout = code.GetType("TinT.Generated.AutomaticLayout", throwOnError: true)!;
        Assert.Equal(33, layout.GetField("DualTokens")!.GetRawConstantValue());
        using var folder = new TemporaryFolder();
        RandomCheckpoint.Write(folder.Path, spec.Description.Auxiliary, seed: 1);
        using var device = new TestDevice(16);
        using ISimulator simulator = GpuCode.Load(code, spec.Model, folder.Path, device.Accelerator);
        var random = new Random(4);
        float[] training = [.. Enumerable.Range(0, tokens).Select(token => token is > 2 and < 25 ? 1f : 0f)];
        var batch = new SimulationBatch(1, tokens, [.. training.Select(_ => random.Next(spec.VocabularySize))], training);

        Agreement.AssertPlain(simulator, folder.Path, batch);
        PlannedLaunches.AssertCounted(spec, GroupTiles.Narrow, simulator, seed: 6, tokens);
    }
}
