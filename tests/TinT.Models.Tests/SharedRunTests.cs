using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Models.Tests;

/// <summary>Several inner trainings of the same sequences, which share passes.</summary>
public sealed class SharedRunTests
{
    private static readonly RunOptions[] everything = [new(), new() { Logits = false, Losses = RecordedLosses.Scored }, new() { LogitRows = 2 }];

    [Theory, MemberData(nameof(GoldenSimulators.CasesAndForms), MemberType = typeof(GoldenSimulators))]
    public void Every_setting_gives_what_its_own_run_gives(string name, string form)
    {
        foreach (int threads in new[] { 1, 2, 7 })
            AssertSame(GoldenCases.Open(name), form, threads, everything);
    }

    [SharedFolderTheory("golden-variants"), MemberData(nameof(GoldenCases.Variants), MemberType = typeof(GoldenCases))]
    public void Every_setting_gives_what_its_own_run_gives_for_other_architectures(string name)
    {
        GoldenCase golden = GoldenCases.Open(name);
        foreach (string form in golden.Description.Training.LayerNorm == "full" ? ["primal"] : SmallSpec.Updates)
            AssertSame(golden, form, threads: 2, new RunOptions { Logits = false });
    }

    [Theory, MemberData(nameof(GoldenSimulators.CasesAndForms), MemberType = typeof(GoldenSimulators))]
    public void Runs_before_and_behind_it_are_what_they_are_without_it(string name, string form)
    {
        GoldenCase golden = GoldenCases.Open(name);
        SimulationBatch batch = golden.ReadBatch();
        using CpuSimulator simulator = GoldenSimulators.Load(golden, form, golden.Folder, new SimulatorOptions { Threads = 2 });
        SimulationResult expected = simulator.Run(batch, new RunOptions { WeightUpdates = true });

        simulator.RunEach(batch, [new RunSetting { LearningRate = 1 }, new RunSetting { LearningRate = 0.5, TrainedLayers = 1 }]);

        Bits.AssertSame(expected, simulator.Run(batch, new RunOptions { WeightUpdates = true }));
    }

    [Fact]
    public void What_a_caller_asks_for_wrongly_is_told()
    {
        GoldenCase golden = GoldenCases.Open("gpt2_var_mask_all_ones");
        SimulationBatch batch = golden.ReadBatch();
        using CpuSimulator simulator = GoldenSimulators.Load(golden, "auto", golden.Folder, new SimulatorOptions());

        string Message(params RunSetting[] settings) => Assert.Throws<SimulationInputException>(() => simulator.RunEach(batch, settings)).Message;

        Assert.Contains("no setting", Message(), StringComparison.Ordinal);
        Assert.Contains("Steps is 9", Message(new RunSetting(), new RunSetting { Steps = 9 }), StringComparison.Ordinal);
        Assert.Contains("training_mask must have", Message(new RunSetting(), new RunSetting { TrainingMask = [1, 0] }), StringComparison.Ordinal);
        Assert.Contains("TrainedLayers is 77", Message(new RunSetting(), new RunSetting { TrainedLayers = 77 }), StringComparison.Ordinal);
    }

    private static void AssertSame(GoldenCase golden, string form, int threads, params RunOptions[] options)
    {
        Random random = new(3);
        int tokens = Math.Min(13, golden.Description.Auxiliary.MaxPositionEmbeddings);
        SimulationBatch batch = RandomBatch.Create(random, golden.Description.Auxiliary, sequences: 5, tokens, gradientMask: true, iclMask: true, positionIds: true);
        RunSetting[] settings = [.. Settings(golden, random, batch)];

        // With two threads sequences run two at a time, with more side by side.
        SimulatorOptions simulators = threads == 2 ? new() { Threads = 2, TokensTogether = 2 * tokens, SideBySideBytes = 0 } : new() { Threads = threads };
        using CpuSimulator simulator = GoldenSimulators.Load(golden, form, golden.Folder, simulators);
        foreach (RunOptions asked in options)
        {
            IReadOnlyList<SimulationResult> results = simulator.RunEach(batch, settings, asked);

            Assert.Equal(settings.Length, results.Count);
            for (int index = 0; index < settings.Length; index++)
                Bits.AssertSame(simulator.Run(settings[index].Of(batch), settings[index].Of(asked)), results[index]);
        }
    }

    /// <summary>Training parts of every kind – one that trains nothing among them – each with other layers, steps and rates, not in order, and one given twice.</summary>
    private static IEnumerable<RunSetting> Settings(GoldenCase golden, Random random, SimulationBatch batch)
    {
        double rate = golden.Description.Training.LearningRate;
        (int layers, int steps) = (golden.Description.Training.Layers, golden.Description.Training.Steps);
        RunSetting[] parts =
        [
            new(),
            new() { TrainingMask = RandomBatch.Create(random, golden.Description.Auxiliary, batch.BatchSize, batch.TokenCount).TrainingMask },
            new() { TrainingMask = new float[batch.TrainingMask.Length] },
            new() { GradientMask = [.. batch.TrainingMask.Select(_ => 1f)] },
        ];
        foreach (RunSetting part in parts)
        {
            yield return part;
            yield return part with { LearningRate = 3 * rate, Steps = 1 };
            yield return part with { LearningRate = 3 * rate, Steps = steps, TrainedLayers = 1 };
            yield return part with { LearningRate = rate, TrainedLayers = layers, Steps = 1 };
            yield return part with { LearningRate = 0, TrainedLayers = 1, Steps = 1 };
        }

        yield return parts[1] with { LearningRate = 3 * rate, Steps = steps };
        yield return parts[0];
    }
}
