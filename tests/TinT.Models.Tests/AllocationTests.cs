using TinT.Generated;
using TinT.Model;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Models.Tests;

public sealed class AllocationTests
{
    /// <summary>Headers of the arrays and the objects that hold them: a dozen, less than 64 bytes each.</summary>
    private const int HolderBytes = 12 * 64;

    /// <summary>Besides its elements, each update has its name, shape, holder and places in a list and a dictionary.</summary>
    private const int BytesPerUpdate = 1024;

    [Theory]
    [InlineData(1, "primal")]
    [InlineData(2, "primal")]
    [InlineData(1, "dual")]
    [InlineData(2, "dual")]
    public void A_second_run_allocates_its_results_only(int threads, string form)
    {
        GoldenCase golden = GoldenCases.Open("opt_2step_all_f70");
        SimulationBatch batch = golden.ReadBatch();
        using ISimulator simulator = GoldenSimulators.Load(golden, form, threads);
        simulator.Run(batch);

        long results = sizeof(float) * ((2L * batch.InputIds.Length * 101) + (2 * batch.InputIds.Length) + (2 * batch.BatchSize));
        Assert.InRange(AllocatedBy(() => simulator.Run(batch)), results, results + HolderBytes);
    }

    [Fact]
    public void Without_logits_a_run_of_a_larger_model_allocates_its_losses_only()
    {
        SimulationBatch batch = RandomBatch.Create(new Random(2), ByteGpt2Simulator.Model.Auxiliary, sequences: 2, tokens: 128, iclMask: true);
        using ByteGpt2Simulator simulator = ByteGpt2Simulator.Load(ByteModel.Checkpoint, new SimulatorOptions { Threads = 2 });
        var options = new RunOptions { Logits = false };
        simulator.Run(batch, options);

        const long results = sizeof(float) * ((2 * 2 * 128) + (2 * 2));
        Assert.InRange(AllocatedBy(() => simulator.Run(batch, options)), results, results + HolderBytes);
    }

    [Theory, InlineData("primal"), InlineData("dual")]
    public void Weight_updates_allocate_their_elements_and_names(string form)
    {
        GoldenCase golden = GoldenCases.Open("opt_2step_all_f70");
        SimulationBatch batch = golden.ReadBatch();
        using ISimulator simulator = GoldenSimulators.Load(golden, form, threads: 1);
        var options = new RunOptions { WeightUpdates = true, Logits = false };
        IReadOnlyList<WeightUpdate> updates = simulator.Run(batch, options).WeightUpdates[0];

        long results = sizeof(float) * (updates.Sum(update => (long)update.Delta.Length) + (2 * batch.InputIds.Length) + (2 * batch.BatchSize));
        Assert.InRange(AllocatedBy(() => simulator.Run(batch, options)), results, results + HolderBytes + (BytesPerUpdate * updates.Count));
    }

    [Fact]
    public void A_shorter_sequence_after_a_longer_one_needs_no_new_memory()
    {
        GoldenCase golden = GoldenCases.Open("gpt2_var_mask_all_ones");
        AuxiliaryDescription auxiliary = golden.Description.Auxiliary;
        SimulationBatch longer = RandomBatch.Create(new Random(1), auxiliary, 1, 32, iclMask: true);
        SimulationBatch shorter = RandomBatch.Create(new Random(1), auxiliary, 1, 5, iclMask: true);
        using ISimulator simulator = GoldenSimulators.Load(golden, threads: 1);
        simulator.Run(longer);

        const long results = sizeof(float) * ((2 * 5 * 101) + (2 * 5) + 2);
        Assert.InRange(AllocatedBy(() => simulator.Run(shorter)), results, results + HolderBytes);
    }

    /// <summary>
    /// What a run allocates, every run allocates; the runtime itself allocates once more when a lock is first contended, in any
    /// of them. So the least of some runs counts.
    /// </summary>
    private static long AllocatedBy(Action run)
    {
        long least = long.MaxValue;
        for (int repeat = 0; repeat < 4; repeat++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            run();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
