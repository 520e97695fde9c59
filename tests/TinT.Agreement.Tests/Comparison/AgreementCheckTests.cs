using TinT.Agreement.Comparison;
using TinT.Compiler.Construction;
using TinT.Model.Parameters;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Agreement.Tests.Comparison;

public sealed class AgreementCheckTests(CompiledSpecs compiled) : IClassFixture<CompiledSpecs>
{
    private static readonly float[] frontMask = [1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];

    [Theory]
    [InlineData("gpt2", "bias", "values")]
    [InlineData("opt", "none", "none")]
    [InlineData("gpt2", "bias", "exact")]
    [InlineData("opt", "gain", "exact")]
    public void Everything_that_computes_TinT_agrees_and_with_everything_exact_it_is_exact_SGD(string architecture, string layerNorm, string attention)
    {
        AgreementReport report = Check(new SmallSpec("Checked") { Architecture = architecture, LayerNorm = layerNorm, Attention = attention, Steps = 2 });

        Assert.Equal(3, report.Comparisons.Count);
        Assert.All(report.Comparisons, comparison => Assert.True(comparison.Holds, comparison.ToString()));
        Assert.Equal("", report.WhyNotExact);
        Assert.True(report.Exactness!.Holds, report.Exactness.ToString());
        Assert.True(report.Holds);

        // Soft gates are 1 − 4e-9, and layer norms amplify that by N.
        Assert.InRange(report.SoftGates!.Value, 1e-10, 1e-2);
    }

    [Fact]
    public void Each_approximation_made_exact_changes_the_distance_as_it_should()
    {
        AgreementReport report = Check(new SmallSpec("Checked"));
        Dictionary<string, ApproximationCost> costs = report.Costs.ToDictionary(cost => cost.Approximation.Id);

        // The bias c₂ moves four times as far as exact SGD moves it in the top layer, where only the final norm's difference, an error of
        // order 1 / N = 1e-3, comes before it.
        Closeness contract = Of(costs["as_written"], ParameterKind.DownBias, layer: 1);
        Assert.Equal(4, contract.RelativeNorm, 4e-3);
        Assert.Equal(1, contract.Cosine, 1e-6);
        Assert.Equal(1, Of(costs["exact_biases"], ParameterKind.DownBias, layer: 1).RelativeNorm, 1e-3);
        Assert.True(costs["exact_score_gradients"].Weights.Distance < costs["as_written"].Weights.Distance);
        Assert.True(costs["exact_biases"].Weights.Distance < costs["as_written"].Weights.Distance);
        Assert.NotEqual(costs["as_written"].Weights.Distance, costs["exact_layer_norm"].Weights.Distance);
        Assert.NotEqual(costs["as_written"].Weights.Distance, costs["exact_activation"].Weights.Distance);

        // Leaving queries, keys and gains alone costs something.
        Assert.InRange(report.WholeBlocks.Cosine, 0.1, 0.9999);
    }

    [Fact]
    public void The_tensors_are_those_that_TinT_trains()
    {
        AgreementReport report = Check(new SmallSpec("Checked") { LayerCount = 3, TrainedLayers = 2 });
        ParameterKind[] expected =
        [
            ParameterKind.AttentionNormBias, ParameterKind.ValueWeight, ParameterKind.ValueBias, ParameterKind.OutputWeight, ParameterKind.OutputBias,
            ParameterKind.FeedForwardNormBias, ParameterKind.UpWeight, ParameterKind.UpBias, ParameterKind.DownWeight, ParameterKind.DownBias,
        ];

        Assert.All(report.Costs, cost => Assert.Equal(
            [.. expected.Select(kind => (kind, 1)), .. expected.Select(kind => (kind, 2)), (ParameterKind.FinalNormBias, -1)],
            cost.Parameters.Select(parameter => (parameter.Kind, parameter.Layer))));
    }

    [Theory]
    [InlineData("quadratic", "bias", "none", "loss: quadratic")]
    [InlineData("softmax", "full", "none", "layer_norm: full")]
    [InlineData("softmax", "bias", "authors", "compatibility: authors")]
    public void Where_TinT_cannot_be_exact_SGD_the_report_says_why(string loss, string layerNorm, string compatibility, string why)
    {
        AgreementReport report = Check(new SmallSpec("Checked") { Loss = loss, LayerNorm = layerNorm, Compatibility = compatibility });

        Assert.Null(report.Exactness);
        Assert.StartsWith(why, report.WhyNotExact, StringComparison.Ordinal);
        Assert.True(report.Holds);
    }

    [Fact]
    public void Gaps_in_the_training_part_are_a_reason_too()
    {
        AgreementReport report = Check(new SmallSpec("Checked"), mask: [1, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
        Assert.StartsWith("the training tokens are not the first ones", report.WhyNotExact, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_literal_construction_one_comparison_is_left()
    {
        AgreementReport report = Check(new SmallSpec("Checked"), new AgreementOptions { Literal = false });
        Assert.Single(report.Comparisons);
        Assert.Null(report.SoftGates);
    }

    [Fact]
    public void Soft_gates_are_left_out_when_asked()
    {
        AgreementReport report = Check(new SmallSpec("Checked"), new AgreementOptions { SoftGates = false });
        Assert.Equal(3, report.Comparisons.Count);
        Assert.Null(report.SoftGates);
    }

    [Fact]
    public void A_learning_rate_takes_the_place_of_the_spec_s()
    {
        AgreementReport report = Check(new SmallSpec("Checked"), new AgreementOptions { LearningRate = 1e-3 });
        Assert.Equal(1e-3, report.LearningRate);
        Assert.True(report.Holds);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_wrong_simulator_breaks_the_tolerance_of_what_is_wrong(int what)
    {
        AgreementReport report = Check(new SmallSpec("Checked"), spoil: result =>
        {
            if (what == 0)
                result.LogitsBefore![5] += 1e-3f;
            else if (what == 1)
                result.LogitsAfter![7] += 1e-2f;
            else
                result.WeightUpdates[1].Single(update => update.Name == "transformer.h.1.mlp.c_fc.bias").Delta[3] *= 1.05f;
        });

        Assert.False(report.Holds);
        Assert.True(report.Comparisons[2].Holds);
        Assert.All(report.Comparisons.Take(2), comparison =>
        {
            Assert.Equal(what != 0, comparison.LogitsBefore.Holds);
            Assert.Equal(what == 2, comparison.LogitUpdate.Holds);
            Assert.Equal(what != 2, comparison.WeightUpdate.Holds);
        });
        if (what == 2)
            Assert.Equal("c₁ of layer 1", report.Comparisons[0].WeightUpdate.Where);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void What_is_not_finite_breaks_tolerances(float value)
    {
        Assert.False(Check(new SmallSpec("Checked"), spoil: result => result.LogitsBefore![0] = value).Holds);
        Assert.False(Check(new SmallSpec("Checked"), spoil: result => result.LogitsAfter![0] = value).Holds);
        Assert.False(Check(new SmallSpec("Checked"), spoil: result => result.WeightUpdates[0][0].Delta[0] = value).Holds);
    }

    [Fact]
    public void A_simulator_of_another_spec_is_refused()
    {
        SmallSpec spec = new("Checked");
        using SmallSimulators simulators = new(spec, new SmallSpec("Other"));
        using ISimulator other = simulators.Load("Other", seed: 1);
        AuxiliaryModel<double> model = AuxiliaryModelReader.Read<double>(simulators.Checkpoint(spec, 1), spec.Description.Auxiliary);
        Assert.Throws<ArgumentException>(() => AgreementCheck.Run(BuildLayerGraph.Run(SpecTexts.Read(spec.Text)), other, model, Batch(spec, frontMask)));
    }

    private static Closeness Of(ApproximationCost cost, ParameterKind kind, int layer) =>
        cost.Parameters.Single(parameter => parameter.Kind == kind && parameter.Layer == layer).Closeness;

    private AgreementReport Check(
        SmallSpec spec, AgreementOptions? options = null, Action<SimulationResult>? spoil = null, float[]? mask = null)
    {
        SmallSimulators simulators = compiled[spec];
        using ISimulator simulator = simulators.Load(spec.Model, seed: 1);
        AuxiliaryModel<double> model = AuxiliaryModelReader.Read<double>(simulators.Checkpoint(spec, 1), spec.Description.Auxiliary);
        using SpoiltSimulator spoilt = new(simulator, spoil);
        return AgreementCheck.Run(BuildLayerGraph.Run(SpecTexts.Read(spec.Text)), spoilt, model, Batch(spec, mask ?? frontMask), options);
    }

    /// <summary>Two sequences of ten random tokens.</summary>
    private static SimulationBatch Batch(SmallSpec spec, float[] mask)
    {
        Random random = new(2);
        return new SimulationBatch(2, mask.Length / 2, [.. mask.Select(_ => random.Next(spec.VocabularySize))], mask);
    }
}
