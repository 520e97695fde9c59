using TinT.Evaluation.InContext.Protocol;

namespace TinT.Evaluation.Tests.InContext;

public sealed class PredictionsTests
{
    [Fact]
    public void The_first_of_the_largest_scores_is_predicted()
    {
        Predictions predictions = Predictions.Of([[-1, -2, -1], [-3, -2, -4], [-5, -4, -1.5], [-9, -8, -7]], [0, 1, 1, 2]);

        Assert.Equal([0, 1, 2, 2], predictions.Classes);
        Assert.Equal((3, 0.75, 0.0), (predictions.Right, predictions.Accuracy, predictions.SmallestMargin));
        Assert.Equal(Math.Sqrt(0.75 * 0.25 / 4), predictions.StandardError, 15);
        Assert.Equal([1, 0.5, 1], Enumerable.Range(0, 3).Select(predictions.Recall));
        Assert.Equal([0.25, 0.25, 0.5], Enumerable.Range(0, 3).Select(predictions.Predicted));
        Assert.Equal(1, predictions.Count(label: 1, prediction: 2));
    }

    [Fact]
    public void A_score_that_is_not_a_number_is_no_class_and_leaves_the_run_without_accuracy()
    {
        Predictions predictions = Predictions.Of([[double.NaN, -2], [-1, -2]], [0, 0]);

        Assert.Equal([Predictions.None, 0], predictions.Classes);
        Assert.True(predictions.IsDiverged);
        Assert.Equal(double.NaN, predictions.Accuracy);
    }

    [Fact]
    public void Calibrated_scores_are_less_those_of_the_premise()
    {
        InContextRun run = new(new RunKey("TinT", "T", 0, 1, default, null, null, Draw.Test), [4], [1], [[-1, -2]], [-1, -3]);

        Assert.Equal([0], run.Predict(Calibration.Plain).Classes);
        Assert.Equal([1], run.Predict(Calibration.Pmi).Classes);
    }
}
