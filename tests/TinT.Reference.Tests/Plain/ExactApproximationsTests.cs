using TinT.Model;
using TinT.Model.Parameters;
using TinT.Reference.Exact;
using TinT.Reference.Plain;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Reference.Tests.Plain;

public sealed class ExactApproximationsTests
{
    // Both are exact derivatives in double, summed in different orders: 1e-15 measured.
    private const double UpdateTolerance = 1e-12;

    // Central differences with a step of 1e-5, as in FiniteDifferenceTests.
    private const double SlopeTolerance = 1e-8;

    public static TheoryData<string> Models => [.. RandomVariants.All.Keys];

    public static TheoryData<string, string, string> Variants
    {
        get
        {
            TheoryData<string, string, string> variants = [];
            foreach (string architecture in new[] { "gpt2", "opt" })
            {
                foreach (string layerNorm in new[] { "none", "bias", "gain" })
                {
                    foreach (string attention in new[] { "values", "exact" })
                        variants.Add(architecture, layerNorm, attention);
                }
            }

            return variants;
        }
    }

    [Theory, MemberData(nameof(Variants))]
    public void With_all_approximations_exact_the_update_is_exact_SGD(string architecture, string layerNorm, string attention)
    {
        AuxiliaryDescription auxiliary = RandomCase.Auxiliary(architecture, architecture == "opt" ? "relu" : "gelu_new");
        SimulatorDescription description = RandomCase.Description(auxiliary, steps: 2, layerNorm: layerNorm, attention: attention);

        Assert.InRange(Distance(description, PlainTintOptions.AllExact, RandomCase.Batch()), 0, UpdateTolerance);
        Assert.InRange(Distance(description, PlainTintOptions.AllExact, RandomCase.MaskedBatch()), 0, UpdateTolerance);
    }

    [Theory, MemberData(nameof(Models))]
    public void With_all_approximations_exact_the_update_of_models_of_every_architecture_is_exact_SGD(string name)
    {
        foreach (string layerNorm in new[] { "none", "bias", "gain" })
        {
            foreach (string attention in new[] { "values", "exact" })
            {
                SimulatorDescription description = RandomCase.Description(RandomVariants.All[name], steps: 2, layerNorm: layerNorm, attention: attention);
                Assert.InRange(Distance(description, PlainTintOptions.AllExact, RandomCase.MaskedBatch()), 0, UpdateTolerance);
            }
        }
    }

    /// <summary>A full gain of queries and keys learns off its diagonal what its vector cannot: after a small step the two differ, but not on the diagonal.</summary>
    [Fact]
    public void Full_gains_of_queries_and_keys_have_the_slopes_of_the_loss_on_their_diagonals()
    {
        const double LearningRate = 1e-3;
        AuxiliaryModel<double> model = RandomCase.Model<double>(RandomVariants.All["qwen3, groups"]);
        SimulatorDescription description = RandomCase.Description(model.Description, learningRate: LearningRate, layerNorm: "full", attention: "exact");
        SimulationBatch batch = RandomCase.Batch(batchSize: 1);

        ReferenceResult<double> plain = new PlainTint<double>(model, description, PlainTintOptions.AllExact).Run(
            batch, new RunOptions { WeightUpdates = true });
        ReferenceResult<double> exact = new ExactFineTuning<double>(model, description, ParameterSubset.TintSubset).Run(
            batch, new RunOptions { WeightUpdates = true });

        foreach (string norm in new[] { "model.layers.0.self_attn.q_norm.weight", "model.layers.1.self_attn.k_norm.weight" })
            Assert.InRange(Difference.Relative(Delta(plain, norm), Delta(exact, norm)), 0, UpdateTolerance);
        Assert.InRange(Difference.OfUpdate(plain.LogitsAfter!, exact.LogitsAfter!, exact.LogitsBefore!), 1e-3, 1);
    }

    [Theory]
    [InlineData("values", "full", 0)]
    [InlineData("exact", "bias", 0)]
    [InlineData("values", "gain", 0)]
    [InlineData("exact", "gain", 4)]
    [InlineData("exact", "full", 4)]
    public void Norms_of_queries_and_keys_are_trained_only_with_gains_and_exact_attention(string attention, string layerNorm, int expected)
    {
        AuxiliaryModel<double> model = RandomCase.Model<double>(RandomVariants.All["qwen3"]);
        SimulatorDescription description = RandomCase.Description(model.Description, attention: attention, layerNorm: layerNorm);

        ReferenceResult<double> result = new PlainTint<double>(model, description).Run(RandomCase.Batch(), new RunOptions { WeightUpdates = true });

        Assert.Equal(expected, result.WeightUpdates[0].Count(update => update.Name.Contains("_norm.", StringComparison.Ordinal)));
    }

    [Fact]
    public void With_all_approximations_exact_the_update_of_a_golden_case_is_exact_SGD()
    {
        GoldenCase golden = GoldenCases.Open("opt_2step_all_f70");
        AuxiliaryModel<double> model = AuxiliaryModelReader.Read<double>(golden.Folder, golden.Description.Auxiliary);

        ReferenceResult<double> result = new PlainTint<double>(model, golden.Description, PlainTintOptions.AllExact).Run(golden.ReadBatch());

        double[] expected = golden.ReadExpected("exact_sgd.tint_subset");
        Assert.InRange(Difference.OfUpdate(result.LogitsAfter!, expected, golden.ReadExpected("logits_before")), 0, UpdateTolerance);
    }

    [SharedFolderTheory("golden-variants"), MemberData(nameof(GoldenCases.Variants), MemberType = typeof(GoldenCases))]
    public void With_all_approximations_exact_the_update_of_other_architectures_is_exact_SGD(string name)
    {
        GoldenCase golden = GoldenCases.Open(name);
        SimulationBatch batch = golden.ReadBatch();

        // What else departs from exact SGD by design: gains as matrices, and training tokens behind others, which do not send back to them.
        bool departs = golden.Description.Training.LayerNorm == "full" || HasTrainingBehindOthers(batch);
        AuxiliaryModel<double> model = AuxiliaryModelReader.Read<double>(golden.Folder, golden.Description.Auxiliary);
        ReferenceResult<double> result = new PlainTint<double>(model, golden.Description, PlainTintOptions.AllExact).Run(batch);

        double error = Difference.OfUpdate(result.LogitsAfter!, golden.ReadExpected("exact_sgd.tint_subset"), golden.ReadExpected("logits_before"));
        Assert.InRange(error, departs ? 1e-4 : 0, departs ? 1 : UpdateTolerance);
    }

    [Theory]
    [InlineData("softmax")]
    [InlineData("quadratic")]
    [InlineData("mean_embedding")]
    public void With_all_approximations_exact_the_update_is_the_slope_of_the_chosen_loss(string loss)
    {
        AuxiliaryModel<double> model = RandomCase.Model<double>(RandomCase.Auxiliary());
        SimulationBatch batch = RandomCase.Batch(batchSize: 1);
        const double LearningRate = 1e-3;
        SimulatorDescription description = RandomCase.Description(model.Description, learningRate: LearningRate, loss: loss, attention: "exact");

        ReferenceResult<double> result = new PlainTint<double>(model, description, PlainTintOptions.AllExact).Run(
            batch, new RunOptions { WeightUpdates = true });

        Random random = new(4);
        double[] update = Delta(result, "transformer.h.0.mlp.c_fc.bias");
        double[] values = model.Values(ParameterKind.UpBias, 0);
        (double slope, double[] direction) = SummedLoss.Differentiate(model, values, batch, random, loss);
        double expected = -direction.Zip(update, (left, right) => left * right).Sum() / LearningRate;
        Assert.Equal(expected, slope, SlopeTolerance * Math.Max(1, Math.Abs(expected)));
    }

    [Fact]
    public void Each_approximation_alone_costs_accuracy_and_making_it_exact_brings_it_back()
    {
        SimulatorDescription description = RandomCase.Description(RandomCase.Auxiliary());
        SimulationBatch batch = RandomCase.Batch();

        double scores = Distance(description, PlainTintOptions.AllExact with { ExactScoreGradients = false }, batch);
        double bias = Distance(description, PlainTintOptions.AllExact with { ExactBiases = false }, batch);
        double norm = Distance(description, PlainTintOptions.AllExact with { ExactLayerNorm = false }, batch);
        double activation = Distance(description, PlainTintOptions.AllExact with { ExactActivation = false }, batch);

        // The order that was found on the authors' cases too: score gradients, then the K·lr bias, then the Taylor differences.
        Assert.InRange(scores, bias, 1);
        Assert.InRange(bias, norm, 1);
        Assert.InRange(norm, 1e-6, 1e-1);
        Assert.InRange(activation, 1e-6, 1e-1);
    }

    [Fact]
    public void Attention_skipped_is_attention_to_oneself()
    {
        AuxiliaryModel<double> model = RandomCase.Model<double>(RandomCase.Auxiliary());
        SimulationBatch plain = RandomCase.Batch(batchSize: 1);
        int tokens = plain.TokenCount;
        SimulationBatch alone = new(1, tokens, plain.InputIds, plain.TrainingMask)
        {
            IclMask = [.. Enumerable.Range(0, tokens * tokens).Select(index => index / tokens == index % tokens ? 1f : 0f)],
        };

        double[] Run(string attention, SimulationBatch batch) =>
            new PlainTint<double>(model, RandomCase.Description(model.Description, attention: attention)).Run(batch).LogitsAfter!;

        // Where A is the identity, skipping it changes nothing; where it is not, it does.
        Assert.InRange(Difference.Largest(Run("none", alone), Run("values", alone)), 0, 1e-12);
        Assert.True(Difference.Largest(Run("none", plain), Run("values", plain)) > 1e-3);
    }

    private static bool HasTrainingBehindOthers(SimulationBatch batch) => Enumerable.Range(1, batch.TrainingMask.Length - 1)
        .Any(index => index % batch.TokenCount != 0 && batch.TrainingMask[index] > batch.TrainingMask[index - 1]);

    private static double Distance(SimulatorDescription description, PlainTintOptions options, SimulationBatch batch)
    {
        AuxiliaryModel<double> model = RandomCase.Model<double>(description.Auxiliary);
        ReferenceResult<double> ours = new PlainTint<double>(model, description, options).Run(batch);
        ReferenceResult<double> exact = new ExactFineTuning<double>(model, description, ParameterSubset.TintSubset).Run(batch);
        return Difference.OfUpdate(ours.LogitsAfter!, exact.LogitsAfter!, exact.LogitsBefore!);
    }

    private static double[] Delta(ReferenceResult<double> result, string name) =>
        result.WeightUpdates[0].Single(update => update.Name == name).Delta;
}
