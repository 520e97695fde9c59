using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Models.Tests;

/// <summary>Overrides at run time are the same, to the bit, as specs compiled with those values.</summary>
public sealed class RunOptionsTests(RunOptionsTests.Compiled compiled) : IClassFixture<RunOptionsTests.Compiled>
{
    private const int Seed = 21;

    private static readonly SmallSpec Most =
        new("Most") { LayerCount = 4, TrainedLayers = 4, Steps = 4, LearningRate = 1e-3, LayerNorm = "full", Attention = "exact" };

    private static readonly SmallSpec[] Others =
    [
        Most with { Model = "Faster", LearningRate = 5e-3 },
        Most with { Model = "FewerSteps", Steps = 2 },
        Most with { Model = "OneStep", Steps = 1 },
        Most with { Model = "FewerLayers", TrainedLayers = 2 },
        Most with { Model = "OneLayer", TrainedLayers = 1 },
        Most with { Model = "Least", TrainedLayers = 1, Steps = 1, LearningRate = 1e-4 },
    ];

    private readonly SmallSimulators simulators = compiled.Simulators;

    public static TheoryData<string> OtherModels => [.. Others.Select(spec => spec.Model)];

    [Theory, MemberData(nameof(OtherModels))]
    public void An_override_agrees_with_a_spec_compiled_with_it(string model)
    {
        SmallSpec other = Others.Single(spec => spec.Model == model);
        using ISimulator expected = simulators.Load(model, Seed);
        using ISimulator simulator = simulators.Load("Most", Seed);
        SimulationBatch batch = RandomBatch.Create(new Random(1), Most.Description.Auxiliary, sequences: 2, tokens: 14);

        SimulationResult result = simulator.Run(
            batch,
            new RunOptions { Steps = other.Steps, TrainedLayers = other.TrainedLayers, LearningRate = other.LearningRate, WeightUpdates = true });

        Bits.AssertSame(expected.Run(batch, new RunOptions { WeightUpdates = true }), result);
    }

    [Fact]
    public void An_override_holds_for_its_run_only()
    {
        using ISimulator simulator = simulators.Load("Most", Seed);
        SimulationBatch batch = RandomBatch.Create(new Random(1), Most.Description.Auxiliary, sequences: 1, tokens: 14);
        SimulationResult expected = simulator.Run(batch);

        simulator.Run(batch, new RunOptions { Steps = 1, TrainedLayers = 1, LearningRate = 1 });

        Bits.AssertSame(expected, simulator.Run(batch));
    }

    [Fact]
    public void A_learning_rate_of_zero_changes_nothing_and_a_negative_one_climbs()
    {
        using ISimulator simulator = simulators.Load("Most", Seed);
        SimulationBatch batch = RandomBatch.Create(new Random(1), Most.Description.Auxiliary, sequences: 1, tokens: 14);

        SimulationResult result = simulator.Run(batch, new RunOptions { LearningRate = 0 });

        Bits.AssertSame(result.LogitsBefore, result.LogitsAfter);
        Agreements.AssertPlain(simulator, simulators.Checkpoint(Most, Seed), batch, new RunOptions { LearningRate = -1e-3, Steps = 1 });
    }

    /// <summary>The specs, compiled once for all tests.</summary>
    public sealed class Compiled : IDisposable
    {
        internal SmallSimulators Simulators { get; } = new([Most, .. Others]);

        /// <inheritdoc/>
        public void Dispose() => Simulators.Dispose();
    }
}
