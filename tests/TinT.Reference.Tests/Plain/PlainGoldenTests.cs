using TinT.Reference.Plain;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Reference.Tests.Plain;

public sealed class PlainGoldenTests
{
    // Both sides compute in double; the order of summation leaves 1e-14 (measured) at logits up to 10.
    private const double LogitTolerance = 1e-12;

    // The Taylor differences amplify rounding by N = 1000: 7e-12 measured in the worst case, two steps of OPT.
    private const double UpdateTolerance = 1e-10;

    // The expected values are stored in single precision: at most half a unit in the last place, 2⁻²⁴.
    private const double SinglePrecision = 6e-8;

    [Theory, MemberData(nameof(GoldenCases.InRepository), MemberType = typeof(GoldenCases))]
    public void The_plain_equations_agree_with_the_authors_code(string name) => Check(name);

    [SharedFolderTheory("golden"), MemberData(nameof(GoldenCases.InSharedFolder), MemberType = typeof(GoldenCases))]
    public void The_plain_equations_agree_with_the_authors_code_in_shared_cases(string name) => Check(name);

    private static void Check(string name)
    {
        GoldenCase golden = GoldenCases.Open(name);
        AuxiliaryModel<double> model = AuxiliaryModelReader.Read<double>(golden.Folder, golden.Description.Auxiliary);
        PlainTint<double> tint = new(model, golden.Description, new PlainTintOptions { BlockGradients = true });
        ReferenceResult<double> result = tint.Run(golden.ReadBatch(), new RunOptions { WeightUpdates = true });

        double[] before = golden.ReadExpected("logits_before");
        Assert.InRange(Difference.Largest(result.LogitsBefore!, before), 0, LogitTolerance);
        Assert.InRange(Difference.OfUpdate(result.LogitsAfter!, golden.ReadExpected("logits_after"), before), 0, UpdateTolerance);
        Assert.InRange(Difference.Relative(result.BlockGradients!, golden.ReadExpected("block_gradients")), 0, SinglePrecision);
        for (int sequence = 0; sequence < result.BatchSize; sequence++)
        {
            IReadOnlyDictionary<string, float[]> expected = golden.ReadDeltas(sequence);
            IReadOnlyList<ReferenceWeightUpdate<double>> updates = result.WeightUpdates[sequence];
            Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), updates.Select(update => update.Name).Order(StringComparer.Ordinal));
            Assert.All(updates, update => Assert.InRange(Difference.Relative(update.Delta, Difference.Widen(expected[update.Name])), 0, SinglePrecision));
        }
    }
}
