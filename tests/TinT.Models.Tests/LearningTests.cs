using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Models.Tests;

/// <summary>A run taken apart: score, learn, score again.</summary>
public sealed class LearningTests
{
    /// <summary>The dual form never rounds updated weights, the learned model does: half a unit in the last place of weights around 0.1, of updates a thousandth of that.</summary>
    private const double RoundedWeights = 2e-4;

    [Theory, MemberData(nameof(GoldenSimulators.CasesAndForms), MemberType = typeof(GoldenSimulators))]
    public void Learn_and_score_is_a_run(string name, string form)
    {
        GoldenCase golden = GoldenCases.Open(name);
        SimulationBatch batch = RandomBatch.Sequence(golden.ReadBatch(), 0);
        using CpuSimulator simulator = GoldenSimulators.Load(golden, form, golden.Folder, new SimulatorOptions { Threads = 2 });
        foreach (RunOptions options in Variants(golden))
        {
            SimulationResult expected = simulator.Run(batch, options);

            ScoreResult before = simulator.Score(batch);
            using ILearningSimulator learned = simulator.Learn(batch, options);
            ScoreResult after = learned.Score(batch);

            Assert.Equal(expected.LogitsBefore, before.Logits);
            Assert.Equal(expected.TokenLossesBefore, before.TokenLosses);
            Assert.Equal(expected.LossesBefore, before.Losses);
            if (form == "primal")
            {
                Assert.Equal(expected.LogitsAfter, after.Logits);
                Assert.Equal(expected.LossesAfter, after.Losses);
            }
            else
            {
                Assert.InRange(Difference(after.Logits!, expected.LogitsAfter!) / Difference(expected.LogitsAfter!, expected.LogitsBefore!), 0, RoundedWeights);
            }

            // What was learned stays what it is, and the model as loaded too.
            Assert.Equal(after.Logits, learned.Score(batch).Logits);
            Bits.AssertSame(expected, simulator.Run(batch, options));
        }
    }

    [Theory, MemberData(nameof(GoldenSimulators.CasesAndForms), MemberType = typeof(GoldenSimulators))]
    public void A_learned_model_scores_a_batch_as_its_sequences_alone(string name, string form)
    {
        GoldenCase golden = GoldenCases.Open(name);
        SimulationBatch batch = RandomBatch.Create(new Random(5), golden.Description.Auxiliary, sequences: 5, tokens: 13, iclMask: true, positionIds: true);
        using CpuSimulator simulator = GoldenSimulators.Load(golden, form, golden.Folder, new SimulatorOptions { Threads = 3 });
        using ILearningSimulator learned = simulator.Learn(RandomBatch.Sequence(golden.ReadBatch(), 0));

        float[] together = learned.Score(batch).Logits!;

        int length = together.Length / batch.BatchSize;
        for (int sequence = 0; sequence < batch.BatchSize; sequence++)
            Assert.Equal(together[(sequence * length)..((sequence + 1) * length)], learned.Score(RandomBatch.Sequence(batch, sequence)).Logits);
    }

    [Theory, MemberData(nameof(GoldenSimulators.CasesAndForms), MemberType = typeof(GoldenSimulators))]
    public void A_model_whose_weights_are_stored_in_16_bits_learns_in_singles(string name, string form)
    {
        GoldenCase golden = GoldenCases.Open(name);
        SimulationBatch batch = RandomBatch.Sequence(golden.ReadBatch(), 0);
        using CpuSimulator simulator = GoldenSimulators.Load(golden, form, golden.Folder, new SimulatorOptions { Weights = WeightStorage.BFloat16 });
        SimulationResult expected = simulator.Run(batch);

        using ILearningSimulator learned = simulator.Learn(batch);

        Assert.InRange(
            Difference(learned.Score(batch).Logits!, expected.LogitsAfter!) / Difference(expected.LogitsAfter!, expected.LogitsBefore!), 0, form == "primal"
                ? 0
                : RoundedWeights);
    }

    [Theory, MemberData(nameof(GoldenSimulators.CasesAndForms), MemberType = typeof(GoldenSimulators))]
    public void The_last_rows_of_logits_are_those_of_all(string name, string form)
    {
        GoldenCase golden = GoldenCases.Open(name);
        SimulationBatch batch = golden.ReadBatch();
        int vocabulary = golden.Description.Auxiliary.VocabularySize;
        using ISimulator simulator = GoldenSimulators.Load(golden, form);
        SimulationResult all = simulator.Run(batch);

        foreach (int rows in new[] { 1, 3, batch.TokenCount, batch.TokenCount + 1 })
        {
            SimulationResult some = simulator.Run(batch, new RunOptions { LogitRows = rows });

            int kept = Math.Min(rows, batch.TokenCount);
            Assert.Equal(Last(all.LogitsBefore!, batch, kept * vocabulary), some.LogitsBefore);
            Assert.Equal(Last(all.LogitsAfter!, batch, kept * vocabulary), some.LogitsAfter);

            // Losses of rows without logits are made block by block: a few units in the last place of losses below 16.
            Assert.All(all.TokenLossesAfter.Zip(some.TokenLossesAfter), pair => Assert.InRange(pair.First - pair.Second, -4e-6f, 4e-6f));
        }
    }

    [Fact]
    public void Only_one_sequence_is_learned_at_a_time()
    {
        GoldenCase golden = GoldenCases.Open("gpt2_var_mask_all_ones");
        SimulationBatch batch = RandomBatch.Create(new Random(2), golden.Description.Auxiliary, sequences: 2, tokens: 4);
        using CpuSimulator simulator = GoldenSimulators.Load(golden, "auto", golden.Folder, new SimulatorOptions());

        Assert.Contains("one sequence", Assert.Throws<SimulationInputException>(() => simulator.Learn(batch)).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<RunOptions> Variants(GoldenCase golden)
    {
        yield return new RunOptions();
        yield return new RunOptions { TrainedLayers = 1, Steps = 1, LearningRate = 2 * golden.Description.Training.LearningRate };
    }

    private static float[] Last(float[] logits, SimulationBatch batch, int length)
    {
        int whole = logits.Length / batch.BatchSize;
        return [.. Enumerable.Range(1, batch.BatchSize).SelectMany(end => logits[((end * whole) - length)..(end * whole)])];
    }

    private static double Difference(float[] first, float[] second) => Math.Sqrt(first.Zip(second, (a, b) => (double)(a - b) * (a - b)).Sum());
}
