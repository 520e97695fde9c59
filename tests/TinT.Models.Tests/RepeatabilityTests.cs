using TinT.Generated;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Models.Tests;

/// <summary>The same bits whatever the threads, the neighbours in a batch and the runs before.</summary>
public sealed class RepeatabilityTests
{
    private static readonly RunOptions WithUpdates = new() { WeightUpdates = true };

    [Theory, MemberData(nameof(GoldenCases.InRepository), MemberType = typeof(GoldenCases))]
    public void One_two_and_three_threads_give_the_same_bits(string name)
    {
        GoldenCase golden = GoldenCases.Open(name);
        using ISimulator one = GoldenSimulators.Load(golden, threads: 1);
        using ISimulator two = GoldenSimulators.Load(golden, threads: 2);
        using ISimulator three = GoldenSimulators.Load(golden, threads: 3);

        SimulationResult expected = one.Run(golden.ReadBatch(), WithUpdates);

        Bits.AssertSame(expected, two.Run(golden.ReadBatch(), WithUpdates));
        Bits.AssertSame(expected, three.Run(golden.ReadBatch(), WithUpdates));
    }

    [Fact]
    public void Threads_share_a_model_large_enough_for_all_of_them_and_give_the_same_bits()
    {
        string checkpoint = ByteModel.Checkpoint;
        SimulationBatch batch = RandomBatch.Create(new Random(3), ByteGpt2Simulator.Model.Auxiliary, sequences: 1, tokens: 201);
        using ByteGpt2Simulator one = ByteGpt2Simulator.Load(checkpoint, new SimulatorOptions { Threads = 1 });
        using ByteGpt2Simulator three = ByteGpt2Simulator.Load(checkpoint, new SimulatorOptions { Threads = 3 });

        Bits.AssertSame(one.Run(batch, WithUpdates), three.Run(batch, WithUpdates));
    }

    [Theory, MemberData(nameof(GoldenCases.InRepository), MemberType = typeof(GoldenCases))]
    public void Repeated_runs_give_the_same_bits_whatever_ran_in_between(string name)
    {
        GoldenCase golden = GoldenCases.Open(name);
        SimulationBatch batch = golden.ReadBatch();
        AuxiliaryDescription auxiliary = golden.Description.Auxiliary;
        using ISimulator simulator = GoldenSimulators.Load(golden, threads: 2);
        var random = new Random(5);

        SimulationResult expected = simulator.Run(batch, WithUpdates);

        Bits.AssertSame(expected, simulator.Run(batch, WithUpdates));
        foreach (int tokens in new[] { 1, auxiliary.MaxPositionEmbeddings, 7 })
        {
            simulator.Run(RandomBatch.Create(random, auxiliary, sequences: 2, tokens, gradientMask: true, iclMask: true, positionIds: true));
            Bits.AssertSame(expected, simulator.Run(batch, WithUpdates));
        }
    }

    [Theory, MemberData(nameof(GoldenCases.InRepository), MemberType = typeof(GoldenCases))]
    public void A_sequence_of_a_batch_has_the_bits_it_has_alone(string name)
    {
        GoldenCase golden = GoldenCases.Open(name);
        SimulationBatch batch = RandomBatch.Create(
            new Random(11), golden.Description.Auxiliary, sequences: 4, tokens: 19, gradientMask: true, iclMask: true, positionIds: true);
        using ISimulator simulator = GoldenSimulators.Load(golden);
        using ISimulator other = GoldenSimulators.Load(golden);

        SimulationResult together = simulator.Run(batch, WithUpdates);

        for (int sequence = 0; sequence < batch.BatchSize; sequence++)
            Bits.AssertSame(Part(together, sequence), other.Run(RandomBatch.Sequence(batch, sequence), WithUpdates));
    }

    [Fact]
    public void Two_simulators_run_at_the_same_time_without_touching_each_other()
    {
        GoldenCase golden = GoldenCases.Open("opt_2step_all_f70");
        SimulationBatch batch = golden.ReadBatch();
        using ISimulator first = GoldenSimulators.Load(golden, threads: 2);
        using ISimulator second = GoldenSimulators.Load(golden, threads: 2);
        SimulationResult expected = first.Run(batch, WithUpdates);

        SimulationResult[] results = new SimulationResult[8];
        Parallel.Invoke(
            () => Repeat(first, batch, results.AsSpan(0, 4)),
            () => Repeat(second, batch, results.AsSpan(4, 4)));

        Assert.All(results, result => Bits.AssertSame(expected, result));
    }

    private static void Repeat(ISimulator simulator, SimulationBatch batch, Span<SimulationResult> results)
    {
        foreach (ref SimulationResult result in results)
            result = simulator.Run(batch, WithUpdates);
    }

    /// <summary>One sequence of a result by itself.</summary>
    private static SimulationResult Part(SimulationResult result, int sequence)
    {
        float[] Rows(float[] values, int columns) => values.AsSpan(sequence * columns, columns).ToArray();
        int tokens = result.TokenCount;
        return new SimulationResult
        {
            BatchSize = 1,
            TokenCount = tokens,
            VocabularySize = result.VocabularySize,
            LogitsBefore = Rows(result.LogitsBefore!, tokens * result.VocabularySize),
            LogitsAfter = Rows(result.LogitsAfter!, tokens * result.VocabularySize),
            TokenLossesBefore = Rows(result.TokenLossesBefore, tokens),
            TokenLossesAfter = Rows(result.TokenLossesAfter, tokens),
            LossesBefore = Rows(result.LossesBefore, 1),
            LossesAfter = Rows(result.LossesAfter, 1),
            WeightUpdates = [result.WeightUpdates[sequence]],
        };
    }
}
