using TinT.Agreement.Comparison;
using TinT.Reference;
using TinT.Reference.Plain;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;

namespace TinT.Tests.Common;

/// <summary>Comparisons of a generated simulator with the authors' code and with TinT's equations written out in double.</summary>
public static class Agreements
{
    /// <summary>Logits up to 10 in single precision: some ten units in the last place, 1e-6 each; 3.4e-6 measured at most.</summary>
    public const double LogitTolerance = 1e-5;

    /// <summary>
    /// Error of the authors' update relative to it. The finite differences are evaluated without cancellation, so what
    /// remains is the rounding of products in single precision: 1e-6 of logits that are ten times the update.
    /// </summary>
    public static double UpdateTolerance => Singles.WeightUpdate;

    /// <summary>Relative to the largest logit; a trained model's logits are sums of terms larger than they are. 1.0e-6 measured at most.</summary>
    private const double LargeLogitTolerance = 3e-6;

    /// <summary>
    /// Roundings of half a unit that add up before a value is used, in sums of some 32 to 128 terms; the worst error measured is
    /// 7 times the movement of the update by one rounding of the weights.
    /// </summary>
    private const double Roundings = 10;

    /// <summary>What rounding does to engines in single precision; weights here are below 1.</summary>
    private static Rounding Singles => Rounding.OfSingles;

    private static readonly RunOptions withUpdates = new() { WeightUpdates = true };

    /// <summary>Compares a run of a golden case with the authors' numbers.</summary>
    /// <param name="simulator">The generated simulator with the case's weights.</param>
    /// <param name="golden">The case.</param>
    public static void AssertAuthors(ISimulator simulator, GoldenCase golden)
    {

        // Where the spec leaves the simulator's sizes to the compiler, the case does not know them.
        Assert.Equal(
            golden.Description with { HiddenSize = simulator.Description.HiddenSize, HeadCount = simulator.Description.HeadCount }, simulator.Description);
        AssertNumbers(simulator, golden);
    }

    /// <summary>Compares a run of a golden case whose spec leaves the simulator's width to the compiler.</summary>
    /// <param name="simulator">The generated simulator with the case's weights.</param>
    /// <param name="golden">The case.</param>
    public static void AssertVariant(ISimulator simulator, GoldenCase golden)
    {
        Assert.Equal((golden.Description.Auxiliary, golden.Description.Training), (simulator.Description.Auxiliary, simulator.Description.Training));
        AssertNumbers(simulator, golden);
    }

    private static void AssertNumbers(ISimulator simulator, GoldenCase golden)
    {
        SimulationResult result = simulator.Run(golden.ReadBatch(), withUpdates);
        Lazy<Conditioning> conditioning = new(() => ConditioningOf(golden));

        double[] before = golden.ReadExpected("logits_before");
        Assert.InRange(Difference.Largest(Difference.Widen(result.LogitsBefore!), before), 0, LogitTolerance);
        double error = Difference.OfUpdate(Difference.Widen(result.LogitsAfter!), golden.ReadExpected("logits_after"), before);
        Assert.InRange(error, 0, Tolerance(error, UpdateTolerance, () => conditioning.Value.OfUpdate));
        int steps = golden.Description.Training.Steps;
        for (int sequence = 0; sequence < result.BatchSize; sequence++)
        {
            IReadOnlyDictionary<string, float[]> expected = golden.ReadDeltas(sequence);
            Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), result.WeightUpdates[sequence].Select(update => update.Name));
            int which = sequence;
            Assert.All(result.WeightUpdates[sequence], update => AssertDelta(
                update, Difference.Widen(expected[update.Name]), steps, () => conditioning.Value.OfDelta(which, update.Name)));
        }
    }

    /// <summary>How far the update of a golden case may be from the authors' in single precision.</summary>
    /// <param name="golden">The case.</param>
    /// <param name="error">How far it is: what rounding does to this case is measured only if it is further than usual.</param>
    public static double UpdateToleranceOf(GoldenCase golden, double error) => Tolerance(error, UpdateTolerance, () => ConditioningOf(golden).OfUpdate);

    /// <summary>Compares logits and changes of weights with the equations in double.</summary>
    /// <param name="simulator">The generated simulator.</param>
    /// <param name="directory">Its checkpoint.</param>
    /// <param name="batch">Inputs.</param>
    /// <param name="options">Overrides of the training; <see langword="null"/> for none.</param>
    public static void AssertPlain(ISimulator simulator, string directory, SimulationBatch batch, RunOptions? options = null)
    {
        options = (options ?? new RunOptions()) with { WeightUpdates = true };
        AuxiliaryModel<double> model = AuxiliaryModelReader.Read<double>(directory, simulator.Description.Auxiliary);
        ReferenceResult<double> expected = new PlainTint<double>(model, simulator.Description).Run(batch, options);
        SimulationResult result = simulator.Run(batch, options);
        Lazy<Conditioning> conditioning = new(() => new Conditioning(model, simulator.Description, batch, options));

        double[] before = Difference.Widen(result.LogitsBefore!);
        double[] after = Difference.Widen(result.LogitsAfter!);
        Assert.InRange(
            Difference.Largest(before, expected.LogitsBefore!), 0, Math.Max(LogitTolerance, LargeLogitTolerance * expected.LogitsBefore!.Max(Math.Abs)));
        double update = Difference.Relative(expected.LogitsAfter!, expected.LogitsBefore!);
        if (update == 0)
        {
            Assert.Equal(before, after);
        }
        else
        {
            double error = Difference.OfUpdate(after, expected.LogitsAfter!, expected.LogitsBefore!);
            double logits = Singles.Logits / update;
            Assert.InRange(error, 0, logits + Tolerance(error - logits, Singles.LogitUpdate, () => conditioning.Value.OfUpdate));
        }

        int steps = options.Steps ?? simulator.Description.Training.Steps;
        for (int sequence = 0; sequence < batch.BatchSize; sequence++)
        {
            // A sequence that trains nothing has no updates here and zeros there.
            Dictionary<string, double[]> deltas = expected.WeightUpdates[sequence].ToDictionary(delta => delta.Name, delta => delta.Delta);
            if (result.WeightUpdates[sequence].Count == 0)
                Assert.All(deltas.Values, delta => Assert.All(delta, value => Assert.Equal(0, value)));
            else
                Assert.Equal(deltas.Keys.Order(StringComparer.Ordinal), result.WeightUpdates[sequence].Select(delta => delta.Name));
            int which = sequence;
            Assert.All(
                result.WeightUpdates[sequence], delta => AssertDelta(delta, deltas[delta.Name], steps, () => conditioning.Value.OfDelta(which, delta.Name)));
        }
    }

    private static Conditioning ConditioningOf(GoldenCase golden) =>
        new(AuxiliaryModelReader.Read<double>(golden.Folder, golden.Description.Auxiliary), golden.Description, golden.ReadBatch(), withUpdates);

    /// <summary>
    /// The tolerance of well-conditioned cases, or what rounding does to this one if that is more. It takes a dozen runs to find out and is
    /// asked only where it matters.
    /// </summary>
    private static double Tolerance(double error, double usual, Func<double> conditioning) =>
        error <= usual ? usual : Math.Max(usual, Roundings * conditioning());

    /// <summary>rms(ours − expected) against the error of the update and the rounding of the weights themselves.</summary>
    private static void AssertDelta(WeightUpdate update, double[] expected, int steps, Func<double> conditioning)
    {
        double size = Math.Sqrt(expected.Average(value => value * value));
        double error = Math.Sqrt(update.Delta.Zip(expected).Average(pair => (pair.First - pair.Second) * (pair.First - pair.Second)));
        double rounding = steps * Singles.Weight;
        double tolerance = size > 0 ? Tolerance((error - rounding) / size, UpdateTolerance, conditioning) : 0;
        Assert.True(error <= (tolerance * size) + rounding, $"{update.Name} moves by {size:E2} and is off by {error:E2}.");
    }
}
