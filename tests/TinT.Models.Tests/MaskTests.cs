using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Models.Tests;

/// <summary>Training masks of every kind, against the plain equations.</summary>
public sealed class MaskTests
{
    public static TheoryData<string, string, string> CasesAndMasks
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (string name in new[] { "gpt2_var_mask_all_ones", "opt_2step_all_f70" })
            {
                // One character for each token; 1 trains.
                foreach (string mask in new[]
                {
                    "1", "0", "11", "10", "01", "1000000000", "0000000001", "0000100000", "0000000011", "1111111110", "0111111111",
                    "1010101010", "1100110011", "1110000111", "0011100000", "11111111111111110000000000000000", "1000000000000000000000000000000",
                })
                {
                    foreach (string form in SmallSpec.Updates)
                        data.Add(name, form, mask);
                }
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(CasesAndMasks))]
    public void A_training_part_of_any_shape_trains_as_the_equations_say(string name, string form, string mask)
    {
        GoldenCase golden = GoldenCases.Open(name);
        using ISimulator simulator = GoldenSimulators.Load(golden, form);

        Agreements.AssertPlain(simulator, golden.Folder, Batch(golden, mask));
    }

    [Theory, MemberData(nameof(GoldenSimulators.CasesAndForms), MemberType = typeof(GoldenSimulators))]
    public void Without_a_training_token_nothing_changes_to_the_bit(string name, string form)
    {
        GoldenCase golden = GoldenCases.Open(name);
        SimulationBatch batch = Batch(golden, "0000000000000");
        using ISimulator simulator = GoldenSimulators.Load(golden, form);
        simulator.Run(golden.ReadBatch());

        SimulationResult result = simulator.Run(batch, new RunOptions { WeightUpdates = true });

        Bits.AssertSame(result.LogitsBefore, result.LogitsAfter);
        Bits.AssertSame(result.TokenLossesBefore, result.TokenLossesAfter);
        Assert.Empty(Assert.Single(result.WeightUpdates));
    }

    [Fact]
    public void A_batch_may_mix_sequences_that_train_with_some_that_do_not()
    {
        GoldenCase golden = GoldenCases.Open("gpt2_var_mask_all_ones");
        SimulationBatch trained = Batch(golden, "11110000");
        SimulationBatch untrained = Batch(golden, "00000000");
        var batch = new SimulationBatch(
            3, 8, [.. untrained.InputIds, .. trained.InputIds, .. untrained.InputIds], [.. untrained.TrainingMask, .. trained.TrainingMask, .. untrained.TrainingMask]);
        using ISimulator simulator = GoldenSimulators.Load(golden);

        SimulationResult result = simulator.Run(batch, new RunOptions { WeightUpdates = true });

        Assert.Equal([0, 21, 0], result.WeightUpdates.Select(updates => updates.Count));
        int size = 8 * result.VocabularySize;
        Bits.AssertSame(result.LogitsBefore.AsSpan(0, size), result.LogitsAfter.AsSpan(0, size));
        Bits.AssertSame(result.LogitsBefore.AsSpan(0, size), result.LogitsBefore.AsSpan(size, size));
        Bits.AssertSame(result.LogitsBefore.AsSpan(0, size), result.LogitsAfter.AsSpan(2 * size, size));
        Assert.NotEqual(result.LogitsBefore.AsSpan(size, size).ToArray(), result.LogitsAfter.AsSpan(size, size).ToArray());
    }

    [Fact]
    public void A_gradient_mask_of_zeros_trains_only_the_row_that_the_authors_leave_unmasked()
    {
        GoldenCase golden = GoldenCases.Open("gpt2_var_mask_all_ones");
        SimulationBatch all = Batch(golden, "1111111111");
        var masked = new SimulationBatch(1, 10, all.InputIds, all.TrainingMask) { GradientMask = new float[10] };
        using ISimulator simulator = GoldenSimulators.Load(golden);

        Agreements.AssertPlain(simulator, golden.Folder, masked);
        SimulationResult result = simulator.Run(masked);

        Assert.Equal("authors", simulator.Description.Training.Compatibility);
        Assert.NotEqual(result.LogitsBefore, result.LogitsAfter);
    }

    private static SimulationBatch Batch(GoldenCase golden, string mask)
    {
        SimulationBatch full = golden.ReadBatch();
        return new SimulationBatch(
            1, mask.Length, full.InputIds.AsSpan(0, mask.Length).ToArray(), [.. mask.Select(character => character == '1' ? 1f : 0f)]);
    }
}
