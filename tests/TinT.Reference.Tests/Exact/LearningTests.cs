using TinT.Model;
using TinT.Reference.Exact;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;

namespace TinT.Reference.Tests.Exact;

/// <summary>Exact SGD taken apart: learn once, score many.</summary>
public sealed class LearningTests
{
    private static readonly AuxiliaryDescription auxiliary = new("gpt2", 50, 40, 24, 2, 2, 48, "gelu_new", 1e-5);

    [Theory]
    [InlineData(ParameterSubset.TopBlocks)]
    [InlineData(ParameterSubset.TintSubset)]
    [InlineData(ParameterSubset.All)]
    public void Learning_and_scoring_is_a_run_bit_for_bit(ParameterSubset subset)
    {
        ExactFineTuning<float> exact = Exact<float>(subset, steps: 2);
        SimulationBatch batch = Batch(trained: 12);

        ReferenceResult<float> whole = exact.Run(batch);
        ReferenceResult<float> before = exact.Score(batch);
        ReferenceResult<float> after = exact.Learn(batch).Score(batch);

        Assert.Equal(whole.LogitsBefore, before.LogitsBefore);
        Assert.Equal(whole.LogitsAfter, after.LogitsBefore);
        Assert.Equal(after.LogitsBefore, after.LogitsAfter);
        Assert.Equal(whole.LossesAfter, after.LossesBefore);
        Assert.NotEqual(whole.LogitsBefore, whole.LogitsAfter);
        Assert.Equal(before.LogitsBefore, exact.Score(batch).LogitsBefore);
    }

    [Fact]
    public void The_mean_loss_of_texts_is_the_summed_one_at_a_share_of_the_learning_rate()
    {
        SimulationBatch batch = Batch(trained: 20);
        int[] targets = [.. batch.InputIds.Skip(1), TargetedText.NoTarget];
        ExactFineTuning<double> exact = Exact<double>(ParameterSubset.TopBlocks, steps: 1);

        double[] mean = exact.LearnMean([Text(batch, targets)], new RunOptions { LearningRate = 0.19 }).Score(batch).LogitsBefore!;
        double[] summed = exact.Learn(batch, new RunOptions { LearningRate = 0.01 }).Score(batch).LogitsBefore!;
        double[] twice = exact.LearnMean([Text(batch, targets), Text(batch, targets)], new RunOptions { LearningRate = 0.19 }).Score(batch).LogitsBefore!;

        double[] start = exact.Score(batch).LogitsBefore!;
        Assert.InRange(Largest(summed, start), 1e-3, double.MaxValue);
        Assert.InRange(Largest(mean, summed), 0, 1e-12);
        Assert.InRange(Largest(twice, mean), 0, 1e-12);
    }

    [Fact]
    public void Texts_that_do_not_fit_are_refused_and_several_sequences_are_not_learned_as_one()
    {
        ExactFineTuning<float> exact = Exact<float>(ParameterSubset.TopBlocks, steps: 1);
        SimulationBatch batch = Batch(trained: 12);
        TargetedText text = Text(batch, [.. batch.InputIds.Skip(1), TargetedText.NoTarget]);

        Assert.Contains("id 50 of a text", Refused(text with { Targets = [.. text.Targets.Skip(1), 50] }), StringComparison.Ordinal);
        Assert.Contains("lie between 0 and 39; this one's lie between 1 and 40", Refused(text with { Positions = [.. text.Positions.Skip(1), 40] }), StringComparison.Ordinal);
        Assert.Contains("20 positions, 19 targets", Refused(text with { Targets = [.. text.Targets.Skip(1)] }), StringComparison.Ordinal);
        SimulationBatch two = new(2, 20, [.. batch.InputIds, .. batch.InputIds], [.. batch.TrainingMask, .. batch.TrainingMask]);
        Assert.Contains("not 2", Assert.Throws<SimulationInputException>(() => exact.Learn(two)).Message, StringComparison.Ordinal);

        string Refused(TargetedText wrong) => Assert.Throws<SimulationInputException>(() => exact.LearnMean([wrong])).Message;
    }

    private static ExactFineTuning<T> Exact<T>(ParameterSubset subset, int steps)
        where T : System.Numerics.IFloatingPointIeee754<T>
    {
        SimulatorDescription description = RandomCase.Description(auxiliary, layers: 1, learningRate: 1e-2);
        return new ExactFineTuning<T>(RandomCase.Model<T>(auxiliary), description with { Training = description.Training with { Steps = steps } }, subset, threadCount: 2);
    }

    private static SimulationBatch Batch(int trained) => new(
        1, 20, [.. Enumerable.Range(0, 20).Select(token => token * 7 % 50)], [.. Enumerable.Range(0, 20).Select(token => token < trained ? 1f : 0)]);

    private static TargetedText Text(SimulationBatch batch, int[] targets)
    {
        int tokens = batch.TokenCount;
        return new TargetedText
        {
            Ids = batch.InputIds,
            Positions = [.. Enumerable.Range(0, tokens)],
            Targets = targets,
            Visible = [.. Enumerable.Repeat(1f, tokens * tokens)],
        };
    }

    private static double Largest(double[] values, double[] others) => values.Zip(others, (value, other) => Math.Abs(value - other)).Max();
}
