using TinT.Model;
using TinT.Model.Runs;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;

namespace TinT.Runtime.Tests.Execution;

/// <summary>What kernels read of a batch's second sequence, whose training part begins behind its first token and has a gap.</summary>
public sealed class SequenceRunTests
{
    private const int Tokens = 6;

    private static readonly SimulationBatch Batch = new(
        2, Tokens, [10, 11, 12, 13, 14, 15, 20, 21, 22, 23, 24, 25], [1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 1, 0])
    {
        GradientMask = [0, 0, 0, 0, 0, 0, 2, 3, 4, 5, 6, 7],
        PositionIds = [0, 1, 2, 3, 4, 5, 3, 4, 5, 6, 7, 8],
    };

    private static readonly TrainingDescription training = new(1, 1, 1e-3, "softmax", "bias", "values", 1000, "none");

    [Fact]
    public void Rows_have_ids_positions_and_targets_of_their_sequence()
    {
        SequenceRun run = Begin();

        Assert.Equal([20, 21, 22, 23, 24, 25], Enumerable.Range(0, Tokens).Select(run.TokenId));
        Assert.Equal([21, 22, 23, 24, 25, 0], Enumerable.Range(0, Tokens).Select(run.Target));
        Assert.Equal([3, 4, 5, 6, 7, 8], Enumerable.Range(0, Tokens).Select(run.Position));
        Assert.Equal((1, 4, 5), (run.FirstTrainingRow, run.TrainingRows, run.FirstGradientRow));
    }

    [Theory]
    [InlineData("none", 0)]
    [InlineData("authors", 1)]
    public void A_row_has_a_gradient_if_it_and_its_target_train_and_the_last_one_if_that_is_wanted(string compatibility, float last)
    {
        SequenceRun run = Begin();
        SequenceRun whole = new(training with { Compatibility = compatibility });
        whole.Begin(new SimulationBatch(1, Tokens, [10, 11, 12, 13, 14, 15], [1, 1, 1, 1, 1, 1]), sequence: 0, place: 0, firstGradientRow: 0);

        Assert.Equal([0, 4, 0, 0, 0, 0], Enumerable.Range(0, Tokens).Select(run.GradientWeight));
        Assert.Equal([1, 1, 1, 1, 1, last], Enumerable.Range(0, Tokens).Select(whole.GradientWeight));
        Assert.Equal([1, 1, 1, 1, 1, 0], Enumerable.Range(0, Tokens).Select(whole.TargetWeight));
    }

    [Fact]
    public void Exact_gradients_begin_at_every_target_that_trains_and_reach_all_rows_in_front_of_it()
    {
        SequenceRun run = Begin("exact");

        Assert.Equal((0, 5), (run.FirstTrainingRow, run.TrainingRows));
        Assert.Equal([3, 4, 0, 6, 0, 0], Enumerable.Range(0, Tokens).Select(run.GradientWeight));
        Assert.All(Enumerable.Range(0, Tokens), row => Assert.True(run.ReceivesGradients(row)));
        Assert.Equal([false, true, true, false, true, false], Enumerable.Range(0, Tokens).Select(Begin().ReceivesGradients));
    }

    [Fact]
    public void Parts_of_rows_are_those_that_train()
    {
        SequenceRun run = Begin();

        Assert.Equal((1, 1), run.TrainingPart(0, 2));
        Assert.Equal((2, 2), run.TrainingPart(2, 2));
        Assert.Equal((4, 1), run.TrainingPart(4, 2));
        Assert.Equal(0, run.TrainingPart(5, 1).Count);
        Assert.Equal([(0, Tokens), (1, 4), (0, Tokens)], Enum.GetValues<HeadPass>().Select(run.HeadRows));
    }

    [Fact]
    public void Views_are_the_rows_of_the_sequence_among_those_that_run_together()
    {
        SequenceRun run = Begin();
        PinnedArray memory = new(2 * Tokens * 2);
        for (int index = 0; index < memory.Array.Length; index++)
            memory.Array[index] = index;
        MatrixView rows = memory.Matrix(0, 2 * Tokens, 2);
        VectorView values = memory.Vector(0, 2 * Tokens);

        // Six rows of another sequence come first, five of whose train; of this one four train, from its second on.
        Assert.Equal((12f, 6), (run.TokenRows(rows).Row(0)[0], run.TokenRows(rows).Rows));
        Assert.Equal((6f, 6), (run.TokenRows(values).Span[0], run.TokenRows(values).Length));
        Assert.Equal((14f, 4), (run.TrainedRows(rows).Row(0)[0], run.TrainedRows(rows).Rows));
        Assert.Equal((7f, 4), (run.TrainedRows(values).Span[0], run.TrainedRows(values).Length));
        Assert.Equal((10f, 4), (run.GradientRows(rows).Row(0)[0], run.GradientRows(rows).Rows));
    }

    [Fact]
    public void Gradients_of_rows_in_gaps_of_the_training_part_are_cleared()
    {
        SequenceRun run = Begin();
        PinnedArray memory = new(5 * 2);
        memory.Array.AsSpan().Fill(1);

        run.ClearUntrainedRows(memory.Matrix(0, 5, 2));

        Assert.Equal([1, 1, 1, 1, 0, 0, 1, 1, 1, 1], memory.Array);
    }

    [Fact]
    public void The_last_row_has_no_loss_to_record()
    {
        SequenceRun run = Begin();
        run.LossesAfter = new float[Tokens];
        for (int row = 0; row < Tokens; row++)
            run.RecordLoss(HeadPass.After, row, row + 1);

        Assert.Equal([0, 1, 2, 3, 4, 5], run.LossesAfter.ToArray());
    }

    [Fact]
    public void Logits_are_made_for_gradients_or_because_they_are_wanted()
    {
        SequenceRun run = Begin();

        Assert.Equal([(1, 4), (1, 4), (0, 0)], Enum.GetValues<HeadPass>().Select(pass => run.LogitRows(pass, gradient: true)));
        Assert.Equal([(0, 0), (0, 0), (0, 0)], Enum.GetValues<HeadPass>().Select(pass => run.LogitRows(pass, gradient: false)));
        run.LogitsAfter = new float[Tokens * 3];
        Assert.Equal([(1, 4), (1, 4), (0, Tokens)], Enum.GetValues<HeadPass>().Select(pass => run.LogitRows(pass, gradient: true)));
        run.Logits(HeadPass.After, 2, 3)[0] = 1;
        Assert.Equal(6, run.LogitsAfter.Span.IndexOf(1f));
        Assert.True(run.Logits(HeadPass.Before, 2, 3).IsEmpty);

        // Of the last rows only: with what lies between them and those of the gradient.
        run.FirstLogitRow = Tokens - 1;
        run.LogitsBefore = run.LogitsAfter = new float[3];
        Assert.Equal([(1, Tokens - 1), (1, 4), (Tokens - 1, 1)], Enum.GetValues<HeadPass>().Select(pass => run.LogitRows(pass, gradient: true)));
        Assert.True(run.Logits(HeadPass.After, Tokens - 2, 3).IsEmpty);
        Assert.Equal(3, run.Logits(HeadPass.After, Tokens - 1, 3).Length);
    }

    [Theory]
    [InlineData(RecordedLosses.All, HeadPass.Before, true, new[] { 0 })]
    [InlineData(RecordedLosses.All, HeadPass.Before, false, new[] { 0, 1, 2, 3, 4 })]
    [InlineData(RecordedLosses.All, HeadPass.Between, false, new int[0])]
    [InlineData(RecordedLosses.All, HeadPass.After, true, new[] { 0, 1, 2, 3, 4 })]
    [InlineData(RecordedLosses.Scored, HeadPass.Before, true, new int[0])]
    [InlineData(RecordedLosses.Scored, HeadPass.After, true, new[] { 2, 4 })]
    public void Losses_are_computed_alone_where_no_logits_are_made(RecordedLosses wanted, HeadPass pass, bool gradient, int[] expected)
    {
        SequenceRun run = Begin();
        run.RecordedLosses = wanted;
        run.LossesBefore = new float[Tokens];
        run.LossesAfter = new float[Tokens];
        LossOnlyRows rows = new();

        // What an earlier pass left is gone, whether memory has to grow or not.
        foreach (int most in new[] { 2 * Tokens, 2 * Tokens, 3 * Tokens })
        {
            rows.Clear(most);
            Assert.True(rows.Rows.IsEmpty);
            run.AddLossOnlyRows(rows, pass, gradient);
        }

        // Another sequence lies before this one.
        Assert.Equal(expected.Select(row => Tokens + row), rows.Rows.ToArray());
        Assert.Equal(expected.Select(row => 21 + row), rows.Targets.ToArray());
        for (int index = 0; index < expected.Length; index++)
            rows.Losses[index] = 100 + index;
        rows.Record(pass);

        // The loss of a row is that of the token behind it.
        float[] losses = new float[Tokens];
        for (int index = 0; index < expected.Length; index++)
            losses[expected[index] + 1] = 100 + index;
        Assert.Equal(pass == HeadPass.Before ? losses : new float[Tokens], run.LossesBefore.ToArray());
        Assert.Equal(pass == HeadPass.After ? losses : new float[Tokens], run.LossesAfter.ToArray());
    }

    private static SequenceRun Begin(string method = "tint")
    {
        SequenceRun run = new(training with { Method = method });
        run.Begin(Batch, sequence: 1, place: 1, firstGradientRow: 5);
        return run;
    }
}
