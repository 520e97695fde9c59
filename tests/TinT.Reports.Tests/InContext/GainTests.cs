using TinT.Evaluation.InContext.Protocol;
using TinT.Reports.InContext;

namespace TinT.Reports.Tests.InContext;

/// <summary>Numbers worked out by hand.</summary>
public sealed class GainTests
{
    [Fact]
    public void The_mean_and_the_population_spread_leave_diverged_seeds_out()
    {
        Accuracy accuracy = new([0.5, 0.7, double.NaN, 0.9]);

        Assert.Equal(1, accuracy.Diverged);
        Assert.Equal(0.7, accuracy.Mean, 12);
        Assert.Equal(Math.Sqrt((0.04 + 0 + 0.04) / 3), accuracy.Spread, 12);
        Assert.True(double.IsNaN(new Accuracy([double.NaN]).Mean));
    }

    [Fact]
    public void The_average_column_is_the_mean_over_tasks_of_each_seed()
    {
        // Zero-shot columns have one seed, which stands for all.
        Accuracy average = Accuracy.MeanOf([new Accuracy([0.6, 0.8]), new Accuracy([0.9, 0.5]), new Accuracy([0.6])]);

        Assert.Equal(2, average.Values.Count);
        Assert.Equal(0.7, average.Values[0], 12);
        Assert.Equal(1.9 / 3, average.Values[1], 12);
        Assert.Equal((0.7 + (1.9 / 3)) / 2, average.Mean, 12);
    }

    [Fact]
    public void A_gain_pairs_queries_and_averages_seeds_first()
    {
        int[] labels = [0, 1, 0, 1];
        Predictions other = Of(labels, 0, 0, 1, 1);   // right: 1, 0, 0, 1
        Predictions seed1 = Of(labels, 0, 1, 0, 1);   // right: 1, 1, 1, 1, differences 0, 1, 1, 0
        Predictions seed2 = Of(labels, 1, 1, 1, 1);   // right: 0, 1, 0, 1, differences −1, 1, 0, 0

        Gain gain = Gain.Of([("A", [5, 6, 7, 8], seed1, other), ("A", [5, 6, 7, 8], seed2, other)])!;

        // Means over seeds −0.5, 1, 0.5, 0: mean 0.25, deviations −0.75, 0.75, 0.25, −0.25, sum of squares 1.25.
        double error = Math.Sqrt(1.25 / 3 / 4);
        Assert.Equal(0.25, gain.Mean, 12);
        Assert.Equal(0.25 - (1.959964 * error), gain.Low, 12);
        Assert.Equal(0.25 + (1.959964 * error), gain.High, 12);
    }

    [Fact]
    public void The_same_row_of_two_tasks_is_two_queries_and_of_no_query_there_is_no_gain()
    {
        Predictions right = Of([0], 0);
        Predictions wrong = Of([0], 1);

        Gain gain = Gain.Of([("A", [1], right, wrong), ("B", [1], wrong, wrong)])!;

        Assert.Equal(0.5, gain.Mean, 12);
        Assert.Equal(0.5 - (1.959964 * 0.5), gain.Low, 12);
        Assert.Null(Gain.Of([]));
        Assert.True(double.IsNaN(Gain.Of([("A", [1], right, wrong)])!.Low));
    }

    private static Predictions Of(int[] labels, params int[] classes) => new(classes, labels, 2, 0);
}
