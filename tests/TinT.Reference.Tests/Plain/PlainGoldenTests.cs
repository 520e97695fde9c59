using TinT.Reference.Plain;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Reference.Tests.Plain;

public sealed class PlainGoldenTests
{
    [Theory, MemberData(nameof(GoldenCases.InRepository), MemberType = typeof(GoldenCases))]
    public void The_plain_equations_agree_with_the_authors_code(string name) => Check(name);

    [SharedFolderTheory("golden"), MemberData(nameof(GoldenCases.InSharedFolder), MemberType = typeof(GoldenCases))]
    public void The_plain_equations_agree_with_the_authors_code_in_shared_cases(string name) => Check(name);

    [SharedFolderTheory("golden-variants"), MemberData(nameof(GoldenCases.Variants), MemberType = typeof(GoldenCases))]
    public void The_plain_equations_agree_with_those_of_other_architectures(string name) => Check(name);

    private static void Check(string name)
    {
        GoldenCase golden = GoldenCases.Open(name);
        AuxiliaryModel<double> model = AuxiliaryModelReader.Read<double>(golden.Folder, golden.Description.Auxiliary);
        PlainTint<double> tint = new(model, golden.Description, new PlainTintOptions { BlockGradients = true });
        ReferenceResult<double> result = tint.Run(golden.ReadBatch(), new RunOptions { WeightUpdates = true });

        double[] before = golden.ReadExpected("logits_before");
        Assert.InRange(Difference.Largest(result.LogitsBefore!, before), 0, GoldenCase.DoubleLogitTolerance);
        Assert.InRange(Difference.OfUpdate(result.LogitsAfter!, golden.ReadExpected("logits_after"), before), 0, GoldenCase.DoubleUpdateTolerance);
        Assert.InRange(Difference.Relative(result.BlockGradients!, golden.ReadExpected("block_gradients")), 0, GoldenCase.StoredRounding);
        for (int sequence = 0; sequence < result.BatchSize; sequence++)
        {
            IReadOnlyDictionary<string, float[]> expected = golden.ReadDeltas(sequence);
            IReadOnlyList<ReferenceWeightUpdate<double>> updates = result.WeightUpdates[sequence];
            Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), updates.Select(update => update.Name).Order(StringComparer.Ordinal));
            Assert.All(
                updates, update => Assert.InRange(Difference.Relative(update.Delta, Difference.Widen(expected[update.Name])), 0, GoldenCase.StoredRounding));
        }
    }
}
