using TinT.Model;
using TinT.Runtime.Simulation;

namespace TinT.Runtime.Tests.Simulation;

public sealed class SimulationInputTests
{
    private static readonly SimulatorDescription Description = new(
        "Small",
        new AuxiliaryDescription("gpt2", 10, 4, 8, 3, 2, 32, "gelu_new", 1e-5),
        new TrainingDescription(2, 3, 1e-3, "softmax", "bias", "values", 1000, "none"),
        4,
        2,
        40,
        5);

    [Fact]
    public void Defaults_are_the_specs_and_overrides_replace_them()
    {
        SimulationBatch batch = Batch([1, 2, 3], [1, 1, 0]);

        Assert.Equal(new InnerTraining(2, 3, 1e-3), SimulationInput.Check(batch, null, Description));
        RunOptions options = new() { Steps = 1, TrainedLayers = 2, LearningRate = 0.5 };
        Assert.Equal(new InnerTraining(1, 2, 0.5), SimulationInput.Check(batch, options, Description));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-1)]
    public void A_token_id_outside_the_vocabulary_is_named_with_its_place(int id)
    {
        string message = Fails(Batch([1, 2, 3, id], [1, 1, 0, 0], batchSize: 2));

        Assert.Equal($"input_ids[1, 1] is {id}, but the vocabulary has the ids 0 to 9.", message);
    }

    [Fact]
    public void A_sequence_longer_than_the_context_is_refused()
    {
        string message = Fails(Batch([1, 2, 3, 4, 5], [1, 1, 0, 0, 0]));

        Assert.Equal("input_ids has sequences of 5 tokens, but the context of Small is 4 tokens; cut the text into shorter blocks.", message);
    }

    [Theory]
    [InlineData(0.5f, "0.5")]
    [InlineData(float.NaN, "NaN")]
    public void A_training_mask_that_is_not_binary_is_refused(float value, string text)
    {
        string message = Fails(Batch([1, 2, 3], [1, value, 0]));

        Assert.Equal($"training_mask[0, 1] is {text}, but a mask holds only 0 and 1.", message);
    }

    [Fact]
    public void A_gradient_mask_may_hold_factors_but_they_must_be_finite()
    {
        SimulationBatch factors = new(1, 2, [1, 2], [1, 0]) { GradientMask = [0.5f, 2f] };
        Assert.Equal(2, SimulationInput.Check(factors, null, Description).Steps);

        SimulationBatch infinite = new(1, 2, [1, 2], [1, 0]) { GradientMask = [0.5f, float.PositiveInfinity] };
        Assert.Equal("gradient_mask[0, 1] is Infinity, but a factor of the gradient must be a finite number.", Fails(infinite));
    }

    [Fact]
    public void A_position_outside_the_table_is_refused()
    {
        SimulationBatch batch = new(1, 2, [1, 2], [1, 0]) { PositionIds = [0, 4] };

        Assert.Equal("position_ids[0, 1] is 4, but the position table has the ids 0 to 3.", Fails(batch));
    }

    [Fact]
    public void An_icl_mask_must_be_binary_and_leave_each_token_something_to_attend_to()
    {
        SimulationBatch fraction = new(2, 2, [1, 2, 3, 4], [1, 0, 1, 0]) { IclMask = [1, 0, 1, 1, 1, 0, 0.25f, 1] };
        Assert.Equal("icl_mask[1, 1, 0] is 0.25, but a mask holds only 0 and 1.", Fails(fraction));

        SimulationBatch blind = new(2, 2, [1, 2, 3, 4], [1, 0, 1, 0]) { IclMask = [1, 0, 1, 1, 0, 1, 1, 1] };
        Assert.Equal(
            "icl_mask[1, 0, 0..0] is 0 throughout, so token 0 has nothing to attend to; let it attend at least to itself.",
            Fails(blind));
    }

    [Fact]
    public void Overrides_beyond_what_was_compiled_are_refused()
    {
        SimulationBatch batch = Batch([1, 2], [1, 0]);

        Assert.Equal(
            "Steps is 3, but the spec compiled 1 to 2 inner steps; raise training.steps in the spec for more.",
            Fails(batch, new RunOptions { Steps = 3 }));
        Assert.Equal(
            "TrainedLayers is 0, but the spec compiled 1 to 3 trained layers; raise training.layers in the spec for more.",
            Fails(batch, new RunOptions { TrainedLayers = 0 }));
        Assert.Equal(
            "LearningRate is NaN, but it must be a finite number.",
            Fails(batch, new RunOptions { LearningRate = double.NaN }));
    }

    private static SimulationBatch Batch(int[] ids, float[] mask, int batchSize = 1) =>
        new(batchSize, ids.Length / batchSize, ids, mask);

    private static string Fails(SimulationBatch batch, RunOptions? options = null) =>
        Assert.Throws<SimulationInputException>(() => SimulationInput.Check(batch, options, Description)).Message;
}
