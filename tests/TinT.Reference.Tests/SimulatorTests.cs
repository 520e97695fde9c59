using TinT.Model;
using TinT.Reference.Exact;
using TinT.Reference.Plain;
using TinT.Reference.Weights;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Reference.Tests;

public sealed class SimulatorTests
{
    // Single precision: 6e-8 relative in the logits; the update is a tenth of them, and sums over the training part double it.
    private const double SingleUpdateTolerance = 1e-5;

    [Fact]
    public void The_exact_simulator_in_float_agrees_with_automatic_differentiation_in_double()
    {
        GoldenCase golden = GoldenCases.Open("opt_2step_all_f70");
        using ISimulator simulator = new ExactFineTuning<float>(
            AuxiliaryModelReader.Read<float>(golden.Folder, golden.Description.Auxiliary), golden.Description, ParameterSubset.TopBlocks);

        SimulationResult result = simulator.Run(golden.ReadBatch());

        double[] expected = golden.ReadExpected("exact_sgd.top_blocks");
        Assert.InRange(Difference.OfUpdate(Difference.Widen(result.LogitsAfter!), expected, golden.ReadExpected("logits_before")), 0, SingleUpdateTolerance);
    }

    [Fact]
    public void The_plain_simulator_rounds_what_was_computed_in_double()
    {
        GoldenCase golden = GoldenCases.Open("gpt2_var_mask_all_ones");
        using ISimulator simulator = new PlainTint<double>(AuxiliaryModelReader.Read<double>(golden.Folder, golden.Description.Auxiliary), golden.Description);

        SimulationResult result = simulator.Run(golden.ReadBatch(), new RunOptions { WeightUpdates = true });

        double[] expected = golden.ReadExpected("logits_after");
        Assert.Same(golden.Description, simulator.Description);
        Assert.InRange(Difference.OfUpdate(Difference.Widen(result.LogitsAfter!), expected, golden.ReadExpected("logits_before")), 0, SingleUpdateTolerance);
        Assert.Equal(golden.ReadReported("nll_eval before f64_hardgate")!.Value, result.LossesBefore[0], 1e-6);
        Assert.Equal(golden.ReadReported("nll_eval after f64_hardgate")!.Value, result.LossesAfter[0], 1e-6);
        Assert.Equal(
            golden.ReadDeltas(0).Keys.Order(StringComparer.Ordinal), result.WeightUpdates[0].Select(update => update.Name).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(GoldenCases.InRepository), MemberType = typeof(GoldenCases))]
    public void The_plain_equations_in_float_stay_within_the_tolerance_for_simulators(string name) => CheckInFloat(name);

    [SharedFolderTheory("golden-variants"), MemberData(nameof(GoldenCases.Variants), MemberType = typeof(GoldenCases))]
    public void The_plain_equations_of_other_architectures_in_float_stay_within_the_tolerance_for_simulators(string name) => CheckInFloat(name);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_thread_and_three_and_repeated_runs_give_the_same_bits(bool exact)
    {
        // 70 tokens and 140 inner columns make more than one tile of every product.
        AuxiliaryDescription auxiliary = new("gpt2", 150, 80, 70, 1, 2, 140, "gelu_new", 1e-5);
        AuxiliaryModel<float> model = RandomCase.Model<float>(auxiliary);
        SimulatorDescription description = RandomCase.Description(auxiliary, layers: 1, learningRate: 1e-3);
        SimulationBatch batch = RandomCase.Batch(batchSize: 1, tokens: 70, trainingTokens: 50);

        FineTuning<float> Create(int threads) => exact
            ? new ExactFineTuning<float>(model, description, ParameterSubset.All, threads)
            : new PlainTint<float>(model, description, threadCount: threads);
        FineTuning<float> one = Create(1);

        float[] expected = one.Run(batch).LogitsAfter!;
        Assert.Equal(expected, one.Run(batch).LogitsAfter!);
        Assert.Equal(expected, Create(3).Run(batch).LogitsAfter!);
    }

    [Fact]
    public void Losses_are_means_over_the_tokens_outside_the_training_part()
    {
        AuxiliaryModel<double> model = RandomCase.Model<double>(RandomCase.Auxiliary());
        ExactFineTuning<double> exact = new(model, RandomCase.Description(model.Description), ParameterSubset.All);

        ReferenceResult<double> half = exact.Run(RandomCase.Batch(batchSize: 1, tokens: 6, trainingTokens: 3), new RunOptions { Logits = false });
        ReferenceResult<double> whole = exact.Run(RandomCase.Batch(batchSize: 1, tokens: 6, trainingTokens: 6));

        Assert.Null(half.LogitsBefore);
        Assert.Equal(0, half.TokenLossesBefore[0]);
        Assert.Equal(half.TokenLossesAfter[3..].Average(), half.LossesAfter[0], 1e-14);
        Assert.Equal(whole.TokenLossesAfter[1..].Average(), whole.LossesAfter[0], 1e-14);
        Assert.True(whole.LossesAfter[0] < whole.LossesBefore[0]);
    }

    [Fact]
    public void Fewer_steps_and_layers_and_another_learning_rate_are_those_of_a_spec_with_them()
    {
        AuxiliaryModel<double> model = RandomCase.Model<double>(RandomCase.Auxiliary());
        SimulationBatch batch = RandomCase.Batch();
        RunOptions options = new() { Steps = 1, TrainedLayers = 1, LearningRate = 0.02 };

        double[] overridden = new PlainTint<double>(model, RandomCase.Description(model.Description, steps: 3)).Run(batch, options).LogitsAfter!;

        SimulatorDescription described = RandomCase.Description(model.Description, layers: 1, learningRate: 0.02);
        Assert.Equal(new PlainTint<double>(model, described).Run(batch).LogitsAfter!, overridden);
    }

    [Fact]
    public void A_batch_that_does_not_fit_is_refused_by_both()
    {
        GoldenCase golden = GoldenCases.Open("opt_2step_all_f70");
        SimulationBatch batch = new(1, 2, [100, 101], [1, 0]);
        AuxiliaryModel<double> model = AuxiliaryModelReader.Read<double>(golden.Folder, golden.Description.Auxiliary);
        using ISimulator exact = new ExactFineTuning<double>(model, golden.Description, ParameterSubset.All);
        using ISimulator plain = new PlainTint<double>(model, golden.Description);

        const string Expected = "input_ids[0, 1] is 101, but the vocabulary has the ids 0 to 100.";
        Assert.Equal(Expected, Assert.Throws<SimulationInputException>(() => exact.Run(batch)).Message);
        Assert.Equal(Expected, Assert.Throws<SimulationInputException>(() => plain.Run(batch)).Message);
    }

    [Fact]
    public void A_cancelled_run_stops()
    {
        AuxiliaryModel<double> model = RandomCase.Model<double>(RandomCase.Auxiliary());
        PlainTint<double> tint = new(model, RandomCase.Description(model.Description));
        using CancellationTokenSource source = new();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => tint.Run(RandomCase.Batch(), new RunOptions { CancellationToken = source.Token }));
    }

    [Fact]
    public void Checkpoints_and_models_of_another_shape_are_refused()
    {
        GoldenCase golden = GoldenCases.Open("opt_2step_all_f70");
        AuxiliaryDescription other = golden.Description.Auxiliary with { HiddenSize = 64 };

        Assert.Throws<CheckpointFormatException>(() => AuxiliaryModelReader.Read<float>(golden.Folder, other));
        AuxiliaryModel<double> model = RandomCase.Model<double>(RandomCase.Auxiliary());
        ArgumentException error = Assert.Throws<ArgumentException>(() => new PlainTint<double>(model, golden.Description));
        Assert.Contains("is to be simulated", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sequence_without_training_targets_changes_nothing()
    {
        AuxiliaryModel<double> model = RandomCase.Model<double>(RandomCase.Auxiliary());
        SimulationBatch batch = RandomCase.Batch(trainingTokens: 0);

        foreach (string compatibility in new[] { "none", "authors" })
        {
            SimulatorDescription description = RandomCase.Description(model.Description, compatibility: compatibility);
            ReferenceResult<double> exact = new ExactFineTuning<double>(model, description, ParameterSubset.All).Run(batch);
            ReferenceResult<double> plain = new PlainTint<double>(model, description).Run(batch);
            Assert.Equal(exact.LogitsBefore!, exact.LogitsAfter!);
            Assert.Equal(plain.LogitsBefore!, plain.LogitsAfter!);
        }
    }

    private static void CheckInFloat(string name)
    {
        GoldenCase golden = GoldenCases.Open(name);
        AuxiliaryModel<float> model = AuxiliaryModelReader.Read<float>(golden.Folder, golden.Description.Auxiliary);

        ReferenceResult<float> result = new PlainTint<float>(model, golden.Description).Run(golden.ReadBatch());

        // Logits: up to 4.5e-6 measured. The Taylor differences amplify rounding by N = 1000; the authors' own float code is at up to 2e-3.
        double[] before = golden.ReadExpected("logits_before");
        Assert.InRange(Difference.Largest(Difference.Widen(result.LogitsBefore!), before), 0, 1e-5);
        Assert.InRange(Difference.OfUpdate(Difference.Widen(result.LogitsAfter!), golden.ReadExpected("logits_after"), before), 0, 5e-3);
    }
}
