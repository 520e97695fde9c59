using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Models.Tests;

public sealed class GoldenTests
{
    [Theory, MemberData(nameof(GoldenSimulators.CasesAndForms), MemberType = typeof(GoldenSimulators))]
    public void A_generated_simulator_agrees_with_the_authors_code(string name, string form)
    {
        GoldenCase golden = GoldenCases.Open(name);
        using ISimulator simulator = GoldenSimulators.Load(golden, form);

        Agreements.AssertAuthors(simulator, golden);
    }

    [SharedFolderTheory("golden"), MemberData(nameof(GoldenCases.InSharedFolder), MemberType = typeof(GoldenCases))]
    public void A_generated_simulator_agrees_with_the_authors_code_in_shared_cases(string name)
    {
        GoldenCase golden = GoldenCases.Open(name);
        foreach (string form in golden.Description.Training.LayerNorm == "full" ? ["primal"] : SmallSpec.Updates)
        {
            using ISimulator simulator = GoldenSimulators.Load(golden, form);
            Agreements.AssertAuthors(simulator, golden);
        }
    }

    [Theory, MemberData(nameof(GoldenSimulators.CasesAndForms), MemberType = typeof(GoldenSimulators))]
    public void Losses_are_those_of_the_logits(string name, string form)
    {
        GoldenCase golden = GoldenCases.Open(name);
        SimulationBatch batch = golden.ReadBatch();
        using ISimulator simulator = GoldenSimulators.Load(golden, form);

        SimulationResult result = simulator.Run(batch);

        AssertLosses(batch, result.VocabularySize, result.LogitsBefore!, result.TokenLossesBefore);
        AssertLosses(batch, result.VocabularySize, result.LogitsAfter!, result.TokenLossesAfter);
        Assert.Equal(SequenceLosses.Mean(batch, result.TokenLossesBefore), result.LossesBefore);
        Assert.Equal(SequenceLosses.Mean(batch, result.TokenLossesAfter), result.LossesAfter);
    }

    [Theory, MemberData(nameof(GoldenSimulators.CasesAndForms), MemberType = typeof(GoldenSimulators))]
    public void Losses_are_the_same_without_logits_and_with_weight_updates(string name, string form)
    {
        GoldenCase golden = GoldenCases.Open(name);
        using ISimulator simulator = GoldenSimulators.Load(golden, form);

        SimulationResult expected = simulator.Run(golden.ReadBatch());
        SimulationResult result = simulator.Run(golden.ReadBatch(), new RunOptions { Logits = false, WeightUpdates = true });

        Assert.Null(result.LogitsBefore);
        Assert.Null(result.LogitsAfter);
        Assert.Empty(expected.WeightUpdates);
        AssertEqual(expected.TokenLossesBefore, result.TokenLossesBefore);
        AssertEqual(expected.TokenLossesAfter, result.TokenLossesAfter);
    }

    [Theory, MemberData(nameof(GoldenSimulators.CasesAndForms), MemberType = typeof(GoldenSimulators))]
    public void Scored_losses_are_the_same_bits_when_no_others_are_asked_for(string name, string form)
    {
        GoldenCase golden = GoldenCases.Open(name);
        using ISimulator simulator = GoldenSimulators.Load(golden, form);
        SimulationBatch batch = golden.ReadBatch();

        SimulationResult all = simulator.Run(batch, new RunOptions { Logits = false });
        SimulationResult scored = simulator.Run(batch, new RunOptions { Logits = false, Losses = RecordedLosses.Scored });

        Assert.Equal(all.LossesBefore, scored.LossesBefore);
        Assert.Equal(all.LossesAfter, scored.LossesAfter);
        for (int index = 0; index < batch.InputIds.Length; index++)
        {
            (int sequence, int token) = Math.DivRem(index, batch.TokenCount);
            bool trainsAll = batch.TrainingMask.AsSpan(sequence * batch.TokenCount, batch.TokenCount)[1..].IndexOf(0f) < 0;
            bool told = token == 0 || trainsAll || batch.TrainingMask[index] == 0;
            Assert.Equal(told ? all.TokenLossesBefore[index] : float.NaN, scored.TokenLossesBefore[index]);
            Assert.Equal(told ? all.TokenLossesAfter[index] : float.NaN, scored.TokenLossesAfter[index]);
        }
    }

    /// <summary>Where nobody wants the logits, the exponentials of a token are summed in another order: 101 of them, in single precision.</summary>
    private static void AssertEqual(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int index = 0; index < expected.Length; index++)
            Assert.Equal(expected[index], actual[index], 101f / (1 << 24) + 1e-6f * expected[index]);
    }

    /// <summary>−log softmax(logits of token t − 1)[token t], in double.</summary>
    private static void AssertLosses(SimulationBatch batch, int vocabulary, float[] logits, float[] losses)
    {
        for (int row = 0; row < batch.InputIds.Length; row++)
        {
            if (row % batch.TokenCount == 0)
            {
                Assert.Equal(0, losses[row]);
                continue;
            }

            double[] values = Difference.Widen(logits.AsSpan((row - 1) * vocabulary, vocabulary).ToArray());
            double largest = values.Max();
            double expected = Math.Log(values.Sum(value => Math.Exp(value - largest))) + largest - values[batch.InputIds[row]];

            // A sum of 101 exponentials in single precision, and losses up to 20 rounded to half a unit of 2⁻²⁰.
            Assert.Equal(expected, losses[row], 1e-5);
        }
    }
}
