using TinT.Reference.Exact;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Reference.Tests.Exact;

public sealed class ExactGoldenTests
{
    private static readonly (ParameterSubset Subset, string Tensor, string Reported)[] Subsets =
    [
        (ParameterSubset.TintSubset, "exact_sgd.tint_subset", "nll_eval ft_tint_subset_sumloss.f64"),
        (ParameterSubset.TopBlocks, "exact_sgd.top_blocks", "nll_eval ft_top_blocks_all_params_sumloss.f64"),
        (ParameterSubset.All, "exact_sgd.all_parameters", "nll_eval ft_all_params_sumloss.f64"),
    ];

    [Theory, MemberData(nameof(GoldenCases.InRepository), MemberType = typeof(GoldenCases))]
    public void Exact_SGD_agrees_with_automatic_differentiation(string name) => Check(name);

    [SharedFolderTheory("golden"), MemberData(nameof(GoldenCases.InSharedFolder), MemberType = typeof(GoldenCases))]
    public void Exact_SGD_agrees_with_automatic_differentiation_in_shared_cases(string name) => Check(name);

    [SharedFolderTheory("golden-variants"), MemberData(nameof(GoldenCases.Variants), MemberType = typeof(GoldenCases))]
    public void Exact_SGD_agrees_with_that_of_other_architectures(string name)
    {
        GoldenCase golden = GoldenCases.Open(name);

        // Exact SGD here is of the softmax loss, whatever the spec says; those cases have it of the spec's (ExactApproximationsTests compares them).
        if (golden.Description.Training.Loss != "softmax")
            return;
        AuxiliaryModel<double> model = AuxiliaryModelReader.Read<double>(golden.Folder, golden.Description.Auxiliary);
        double[] before = golden.ReadExpected("logits_before");
        foreach ((ParameterSubset subset, string tensor, _) in Subsets.Where(row => golden.HasExpected(row.Tensor)))
        {
            ReferenceResult<double> result = new ExactFineTuning<double>(model, golden.Description, subset).Run(golden.ReadBatch());

            Assert.InRange(Difference.OfUpdate(result.LogitsAfter!, golden.ReadExpected(tensor), before), 0, GoldenCase.DoubleUpdateTolerance);
        }
    }

    private static void Check(string name)
    {
        GoldenCase golden = GoldenCases.Open(name);
        AuxiliaryModel<double> model = AuxiliaryModelReader.Read<double>(golden.Folder, golden.Description.Auxiliary);
        SimulationBatch batch = golden.ReadBatch();
        foreach ((ParameterSubset subset, string tensor, string reported) in Subsets)
        {
            ReferenceResult<double> result = new ExactFineTuning<double>(model, golden.Description, subset).Run(batch);

            Assert.InRange(Difference.Largest(result.LogitsBefore!, golden.ReadExpected("logits_before")), 0, GoldenCase.DoubleLogitTolerance);
            if (!golden.HasExpected(tensor))
                continue;
            Assert.InRange(Difference.Largest(result.LogitsAfter!, golden.ReadExpected(tensor)), 0, GoldenCase.DoubleLogitTolerance);
            Assert.Equal(golden.ReadReported(reported)!.Value, MeanOverBatch(result.LossesAfter, batch), GoldenCase.DoubleLogitTolerance);
        }
    }

    /// <summary>The authors' run reports one mean over all scored tokens of the batch.</summary>
    private static double MeanOverBatch(double[] losses, SimulationBatch batch)
    {
        double sum = 0;
        int count = 0;
        for (int sequence = 0; sequence < losses.Length; sequence++)
        {
            int evaluated = batch.TrainingMask.Skip(sequence * batch.TokenCount).Take(batch.TokenCount).Count(value => value == 0);
            int scored = evaluated == 0 ? batch.TokenCount - 1 : evaluated;
            sum += losses[sequence] * scored;
            count += scored;
        }

        return sum / count;
    }
}
