using TinT.Generated;
using TinT.Model;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Models.Tests;

/// <summary>The same bits whatever the threads, the neighbours in a batch and the runs before.</summary>
public sealed class RepeatabilityTests
{
    private static readonly RunOptions WithUpdates = new() { WeightUpdates = true };

    [Theory, MemberData(nameof(GoldenSimulators.CasesAndForms), MemberType = typeof(GoldenSimulators))]
    public void One_two_and_three_threads_give_the_same_bits(string name, string form)
    {
        GoldenCase golden = GoldenCases.Open(name);
        using ISimulator one = GoldenSimulators.Load(golden, form, threads: 1);
        using ISimulator two = GoldenSimulators.Load(golden, form, threads: 2);
        using ISimulator three = GoldenSimulators.Load(golden, form, threads: 3);

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

    [Theory, MemberData(nameof(GoldenSimulators.CasesAndForms), MemberType = typeof(GoldenSimulators))]
    public void Repeated_runs_give_the_same_bits_whatever_ran_in_between(string name, string form)
    {
        GoldenCase golden = GoldenCases.Open(name);
        SimulationBatch batch = golden.ReadBatch();
        AuxiliaryDescription auxiliary = golden.Description.Auxiliary;
        using ISimulator simulator = GoldenSimulators.Load(golden, form, threads: 2);
        var random = new Random(5);

        SimulationResult expected = simulator.Run(batch, WithUpdates);

        Bits.AssertSame(expected, simulator.Run(batch, WithUpdates));
        foreach (int tokens in new[] { 1, auxiliary.MaxPositionEmbeddings, 7 })
        {
            simulator.Run(RandomBatch.Create(random, auxiliary, sequences: 2, tokens, gradientMask: true, iclMask: true, positionIds: true));
            Bits.AssertSame(expected, simulator.Run(batch, WithUpdates));
        }
    }

    [Theory, MemberData(nameof(GoldenSimulators.CasesAndForms), MemberType = typeof(GoldenSimulators))]
    public void A_sequence_of_a_batch_has_the_bits_it_has_alone(string name, string form)
    {
        GoldenCase golden = GoldenCases.Open(name);
        SimulationBatch batch = RandomBatch.Create(
            new Random(11), golden.Description.Auxiliary, sequences: 4, tokens: 19, gradientMask: true, iclMask: true, positionIds: true);
        using ISimulator simulator = GoldenSimulators.Load(golden, form);
        using ISimulator other = GoldenSimulators.Load(golden, form);

        SimulationResult together = simulator.Run(batch, WithUpdates);

        for (int sequence = 0; sequence < batch.BatchSize; sequence++)
            Bits.AssertSame(Bits.Part(together, sequence), other.Run(RandomBatch.Sequence(batch, sequence), WithUpdates));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(70)]
    [InlineData(1024)]
    public void Sequences_have_the_same_bits_however_many_run_together(int tokensTogether)
    {
        string checkpoint = ByteModel.Checkpoint;
        SimulationBatch batch = RandomBatch.Create(new Random(4), ByteGpt2Simulator.Model.Auxiliary, sequences: 5, tokens: 33, iclMask: true);
        using ByteGpt2Simulator one = ByteGpt2Simulator.Load(checkpoint, new SimulatorOptions { Threads = 1 });
        using ByteGpt2Simulator other = ByteGpt2Simulator.Load(checkpoint, new SimulatorOptions { Threads = 2, TokensTogether = tokensTogether });

        Bits.AssertSame(one.Run(batch, WithUpdates), other.Run(batch, WithUpdates));
    }

    [Theory, MemberData(nameof(GoldenSimulators.CasesAndForms), MemberType = typeof(GoldenSimulators))]
    public void Sequences_have_the_same_bits_side_by_side_and_one_after_another(string name, string form)
    {
        GoldenCase golden = GoldenCases.Open(name);
        SimulationBatch batch = RandomBatch.Create(
            new Random(12), golden.Description.Auxiliary, sequences: 5, tokens: 19, gradientMask: true, iclMask: true, positionIds: true);
        using CpuSimulator turns = GoldenSimulators.Load(golden, form, golden.Folder, new SimulatorOptions { Threads = 3, SideBySideBytes = 0 });
        using CpuSimulator sideBySide = GoldenSimulators.Load(
            golden, form, golden.Folder, new SimulatorOptions { Threads = 3, SideBySideBytes = long.MaxValue });

        SimulationResult expected = turns.Run(batch, WithUpdates);

        Bits.AssertSame(expected, sideBySide.Run(batch, WithUpdates));
        Bits.AssertSame(turns.Run(RandomBatch.Sequence(batch, 2), WithUpdates), sideBySide.Run(RandomBatch.Sequence(batch, 2), WithUpdates));
        Bits.AssertSame(expected, sideBySide.Run(batch, WithUpdates));
    }

    /// <summary>Fewer sequences than threads, as many, and more; up to four times the processor's threads, and at least eight.</summary>
    [Theory, MemberData(nameof(ThreadsAndSequences))]
    public void Any_number_of_threads_gives_any_number_of_sequences_the_same_bits(int threads, int sequences)
    {
        string checkpoint = ByteModel.Checkpoint;
        SimulationBatch batch = RandomBatch.Create(new Random(6), ByteGpt2Simulator.Model.Auxiliary, sequences, tokens: 32);
        using ByteGpt2Simulator one = ByteGpt2Simulator.Load(checkpoint, new SimulatorOptions { Threads = 1 });
        using ByteGpt2Simulator many = ByteGpt2Simulator.Load(checkpoint, new SimulatorOptions { Threads = threads });
        SimulationResult expected = one.Run(batch, WithUpdates);

        // Which worker comes first is chance: it has several.
        for (int repeat = 0; repeat < 8; repeat++)
            Bits.AssertSame(expected, many.Run(batch, WithUpdates));
    }

    public static TheoryData<int, int> ThreadsAndSequences()
    {
        TheoryData<int, int> pairs = [];
        int cores = Environment.ProcessorCount;
        foreach (int threads in new[] { 2, 3, 8, cores, 2 * cores, 4 * cores }.Distinct())
        {
            foreach (int sequences in new[] { 1, 2, 3, threads - 1, threads + 1 }.Where(count => count is > 0 and < 40).Distinct())
                pairs.Add(threads, sequences);
        }

        return pairs;
    }

    [Fact]
    public void Both_forms_of_the_update_agree_within_rounding()
    {
        GoldenCase golden = GoldenCases.Open("opt_2step_all_f70");
        SimulationBatch batch = golden.ReadBatch();
        using ISimulator primal = GoldenSimulators.Load(golden, "primal");
        using ISimulator dual = GoldenSimulators.Load(golden, "dual");

        SimulationResult expected = primal.Run(batch, WithUpdates);
        SimulationResult result = dual.Run(batch, WithUpdates);

        Bits.AssertSame(expected.LogitsBefore, result.LogitsBefore);

        // Two ways to round the same sums: 1e-6 of the update in the passes between, as in Agreement.
        double[] before = Difference.Widen(expected.LogitsBefore!);
        Assert.InRange(
            Difference.OfUpdate(Difference.Widen(result.LogitsAfter!), Difference.Widen(expected.LogitsAfter!), before), 0, Agreements.UpdateTolerance);
        Assert.NotEqual(expected.LogitsAfter, result.LogitsAfter);
        // Weights of about 1, rounded to 6e-8 by each step on either side.
        foreach ((WeightUpdate first, WeightUpdate second) in expected.WeightUpdates[0].Zip(result.WeightUpdates[0]))
            Assert.InRange(Difference.Largest(Difference.Widen(first.Delta), Difference.Widen(second.Delta)), 0, 1e-6);
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
}
