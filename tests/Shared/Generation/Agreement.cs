using TinT.Reference;
using TinT.Reference.Plain;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;

namespace TinT.Tests.Common;

/// <summary>Comparisons of a generated simulator with the authors' code and with TinT's equations written out in double.</summary>
public static class Agreement
{
    /// <summary>Logits up to 10 in single precision: a few units in the last place, 1e-6 each.</summary>
    public const double LogitTolerance = 1e-5;

    /// <summary>
    /// Relative to the update. The finite differences are evaluated without cancellation, so that single precision costs what
    /// it costs in any product: about 1e-6 in each of some ten products one behind the other, of which differences of logits
    /// up to 10 at updates of 0.1 make 1e-5 at worst.
    /// </summary>
    public const double UpdateTolerance = 5e-5;

    /// <summary>Compares a run of a golden case with the authors' numbers.</summary>
    /// <param name="simulator">The generated simulator with the case's weights.</param>
    /// <param name="golden">The case.</param>
    public static void AssertAuthors(ISimulator simulator, GoldenCase golden)
    {
        SimulationResult result = simulator.Run(golden.ReadBatch(), new RunOptions { WeightUpdates = true });

        Assert.Equal(golden.Description, simulator.Description);
        double[] before = golden.ReadExpected("logits_before");
        Assert.InRange(Difference.Largest(Difference.Widen(result.LogitsBefore!), before), 0, LogitTolerance);
        Assert.InRange(Difference.OfUpdate(Difference.Widen(result.LogitsAfter!), golden.ReadExpected("logits_after"), before), 0, UpdateTolerance);
        for (int sequence = 0; sequence < result.BatchSize; sequence++)
        {
            IReadOnlyDictionary<string, float[]> expected = golden.ReadDeltas(sequence);
            Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), result.WeightUpdates[sequence].Select(update => update.Name));
            foreach (WeightUpdate update in result.WeightUpdates[sequence])
                Assert.InRange(Difference.Relative(Difference.Widen(update.Delta), Difference.Widen(expected[update.Name])), 0, DeltaTolerance(update, expected[update.Name]));
        }
    }

    /// <summary>Compares a run with the equations in double.</summary>
    /// <param name="simulator">The generated simulator.</param>
    /// <param name="directory">Its checkpoint.</param>
    /// <param name="batch">Inputs.</param>
    /// <param name="options">Overrides of the training; <see langword="null"/> for none.</param>
    /// <param name="updateTolerance">Most error of the logits' update, relative to the update.</param>
    /// <returns>The errors of the logits before, relative to their size, and of their update.</returns>
    public static (double Before, double Update) AssertPlain(
        ISimulator simulator, string directory, SimulationBatch batch, RunOptions? options = null, double updateTolerance = UpdateTolerance)
    {
        AuxiliaryModel<double> model = AuxiliaryModelReader.Read<double>(directory, simulator.Description.Auxiliary);
        options = (options ?? new RunOptions()) with { WeightUpdates = true };
        ReferenceResult<double> expected = new PlainTint<double>(model, simulator.Description).Run(batch, options);
        SimulationResult result = simulator.Run(batch, options);

        double before = Difference.Largest(Difference.Widen(result.LogitsBefore!), expected.LogitsBefore!);
        double update = Difference.OfUpdate(Difference.Widen(result.LogitsAfter!), expected.LogitsAfter!, expected.LogitsBefore!);
        Assert.InRange(before, 0, LogitTolerance);
        Assert.InRange(update, 0, updateTolerance);
        return (before, update);
    }

    /// <summary>
    /// A delta is the difference of two weights in single precision, each rounded to half a unit in the last place, and is that
    /// coarse besides the error of the update itself.
    /// </summary>
    private static double DeltaTolerance(WeightUpdate update, float[] expected)
    {
        bool isGain = update.Name.EndsWith(".weight", StringComparison.Ordinal) && update.Shape.Count == 1;
        double magnitude = isGain ? 1 : 0.5;
        double rounding = magnitude * Math.Pow(2, -24);
        double size = Math.Sqrt(expected.Average(value => (double)value * value));
        return UpdateTolerance + (2 * rounding / size);
    }
}
