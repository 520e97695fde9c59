using System.Globalization;
using TinT.Evaluation.Perplexity;
using TinT.Evaluation.Sweeps;
using TinT.Reports.Html;

namespace TinT.Reports.Perplexity;

/// <summary>The plots of a perplexity evaluation, all made of its runs.</summary>
/// <param name="report">The report.</param>
internal sealed class PerplexityPlots(PerplexityReport report)
{
    /// <summary>97.5th percentile of the standard normal distribution.</summary>
    private const double Normal = 1.959964;

    private const int MostPlaces = 12, LeastTokensOfPlace = 8;

    /// <summary>A diverging setting is not let hide the others: axes end at this loss, in percent, and at this multiple of the auxiliary model's perplexity.</summary>
    private const double LeastGain = -40, MostPerplexity = 1.6;

    private PerplexityResult Result => report.Result;

    /// <summary>Style class of a method.</summary>
    public string ColourOf(string method) => Colour(Result.Plan.Methods.ToList().IndexOf(method));

    /// <summary>Perplexity over the training fraction, each method with its best setting.</summary>
    public SvgDrawing PerplexityOverFraction()
    {
        Plot plot = new(
            FractionAxis(),
            PlotAxis.Around("perplexity", Bests().SelectMany(best => Shown(best.Fraction, best.Score))), "Perplexity over the part of each block that is trained on");
        plot.Line(
            Result.Fractions.Select(fraction => (
                fraction.Split.TrainFraction, fraction.Auxiliary.Perplexity, Invariant($"auxiliary: {fraction.Auxiliary.Perplexity:0.000}"))),
            "reference",
            isDashed: true);
        foreach (string method in Result.Plan.Methods)
        {
            var scores = Bests().Where(best => best.Score.Method == method).ToArray();
            plot.Band(scores.Select(best => Band(best.Fraction.Split.TrainFraction, [.. Perplexities(best.Fraction, best.Score)])), ColourOf(method));
            plot.Line(scores.Select(best => (best.Fraction.Split.TrainFraction, best.Score.Perplexity, TipOf(best.Score))), ColourOf(method));
        }

        return plot.Drawing;
    }

    /// <summary>Gain over the training fraction, each method with its best setting.</summary>
    public SvgDrawing GainOverFraction()
    {
        Plot plot = new(FractionAxis(), GainAxis(Bests().Select(best => best.Score)), "Gain over the part of each block that is trained on");
        plot.Reference(0);
        foreach (string method in Result.Plan.Methods)
        {
            var scores = Bests().Where(best => best.Score.Method == method).ToArray();
            plot.Band(scores.Select(best => Band(best.Fraction.Split.TrainFraction, Gains(best.Score))), ColourOf(method));
            plot.Line(scores.Select(best => (best.Fraction.Split.TrainFraction, Gain(best.Score), TipOf(best.Score))), ColourOf(method));
        }

        return plot.Drawing;
    }

    /// <summary>Learning rates above 0, which a logarithmic axis can show.</summary>
    public double[] Rates() => [.. Result.Plan.Points.Select(point => point.LearningRate).Where(rate => rate > 0).Distinct().Order()];

    /// <summary>A method's perplexity over the learning rate, a line for each training fraction.</summary>
    public SvgDrawing PerplexityOverRate(string method)
    {
        var scores = OverRates(method);
        Plot plot = new(
            RateAxis(),
            PlotAxis.Around("perplexity", scores.SelectMany(each => Shown(each.Fraction, each.Score)), isLogarithmic: true),
            $"Perplexity of {method} over the learning rate");
        for (int index = 0; index < Result.Fractions.Count; index++)
        {
            FractionResult fraction = Result.Fractions[index];
            var line = scores.Where(each => each.Fraction == fraction).ToArray();
            plot.Reference(fraction.Auxiliary.Perplexity);
            plot.Band(line.Select(each => Band(each.Score.Point.LearningRate, [.. Perplexities(fraction, each.Score)])), Colour(index));
            plot.Line(line.Select(each => (each.Score.Point.LearningRate, each.Score.Perplexity, TipOf(each.Score))), Colour(index));
        }

        return plot.Drawing;
    }

    /// <summary>A method's gain over the learning rate, a line for each training fraction.</summary>
    public SvgDrawing GainOverRate(string method)
    {
        var scores = OverRates(method);
        Plot plot = new(RateAxis(), GainAxis(scores.Select(each => each.Score)), $"Gain of {method} over the learning rate");
        plot.Reference(0);
        for (int index = 0; index < Result.Fractions.Count; index++)
        {
            var line = scores.Where(each => each.Fraction == Result.Fractions[index]).ToArray();
            plot.Band(line.Select(each => Band(each.Score.Point.LearningRate, Gains(each.Score))), Colour(index));
            plot.Line(line.Select(each => (each.Score.Point.LearningRate, Gain(each.Score), TipOf(each.Score))), Colour(index));
        }

        return plot.Drawing;
    }

    /// <summary>Each block's loss before against after, at one training fraction with each method's best setting.</summary>
    public SvgDrawing Blocks(FractionResult fraction)
    {
        var runs = Bests().Where(best => best.Fraction == fraction)
            .SelectMany(best => Result.Runs(best.Score.Method, best.Score.Point))
            .Select(run => (run.Key, Before: run.LossBefore / fraction.Split.ScoredTokens, After: run.LossAfter / fraction.Split.ScoredTokens))
            .ToArray();
        PlotAxis axis = PlotAxis.Around("nats per token before", runs.SelectMany(run => new[] { run.Before, run.After }));
        Plot plot = new(axis, axis with { Title = "nats per token after" }, "Loss of each block before and after the inner steps");
        plot.Reference();
        foreach (string method in Result.Plan.Methods)
        {
            plot.Points(
                runs.Where(run => run.Key.Method == method).Select(run => (
                    run.Before, run.After, Invariant($"{method}, block {run.Key.Block}: {run.Before:0.000} → {run.After:0.000}"))),
                ColourOf(method));
        }

        return plot.Drawing;
    }

    /// <summary>Mean gain of scored tokens by their place behind the training part; <see langword="null"/> if runs keep no losses of tokens.</summary>
    public SvgDrawing? GainByPosition()
    {
        string method = Result.Plan.Methods[^1];
        List<(int Fraction, double Place, double Mean, double Error)> bins = [];
        for (int index = 0; index < Result.Fractions.Count; index++)
        {
            FractionResult fraction = Result.Fractions[index];
            if (Bests().FirstOrDefault(best => best.Fraction == fraction && best.Score.Method == method).Score is not { } score)
                continue;
            BlockRun[] runs = [.. Result.Runs(method, score.Point)];
            if (runs.Any(run => run.TokenLossesBefore is null || run.TokenLossesAfter is null))
                return null;
            int scored = fraction.Split.ScoredTokens;
            int count = Math.Clamp(scored / LeastTokensOfPlace, 1, MostPlaces);
            for (int bin = 0; bin < count; bin++)
            {
                (int first, int end) = (bin * scored / count, (bin + 1) * scored / count);
                double[] gains =
                [
                    .. runs.Select(run => Enumerable.Range(first, end - first).Average(
                        token => (double)run.TokenLossesBefore![token] - run.TokenLossesAfter![token])),
                ];
                double mean = gains.Average();
                double squares = gains.Sum(gain => (gain - mean) * (gain - mean));
                double error = gains.Length > 1 ? Math.Sqrt(squares / ((gains.Length - 1.0) * gains.Length)) : double.NaN;
                bins.Add((index, (first + end - 1) / 2.0, mean, Normal * error));
            }
        }

        Plot plot = new(
            PlotAxis.Around("tokens behind the training part", bins.Select(bin => bin.Place)),
            PlotAxis.Around("nats per token gained", bins.SelectMany(bin => new[] { bin.Mean, bin.Mean - bin.Error, bin.Mean + bin.Error }).Append(0)),
            $"Gain of {method} by the place of tokens behind the training part");
        plot.Reference(0);
        foreach (var line in bins.GroupBy(bin => bin.Fraction))
        {
            plot.Band(line.Select(bin => (bin.Place, bin.Mean - bin.Error, bin.Mean + bin.Error)), Colour(line.Key));
            plot.Line(line.Select(bin => (bin.Place, bin.Mean, Invariant($"{bin.Mean:0.0000} nats at {bin.Place:0.#}"))), Colour(line.Key), radius: 2);
        }

        return plot.Drawing;
    }

    /// <summary>Style class of a training fraction.</summary>
    public static string Colour(int index) => $"c{index % 8}";

    /// <summary>The best setting of each method at each fraction.</summary>
    public IEnumerable<(FractionResult Fraction, MethodScore Score)> Bests() =>
        from fraction in Result.Fractions
        from score in fraction.Methods
        where score.IsBest
        select (fraction, score);

    /// <summary>A method's scores over the rates, with the layers and steps of its best setting at each fraction.</summary>
    private List<(FractionResult Fraction, MethodScore Score)> OverRates(string method) =>
    [
        .. from best in Bests()
           where best.Score.Method == method
           from score in best.Fraction.Methods
           where score.Method == method && score.Point.LearningRate > 0
               && (score.Point.Layers, score.Point.Steps) == (best.Score.Point.Layers, best.Score.Point.Steps)
           orderby score.Point.LearningRate
           select (best.Fraction, score),
    ];

    private PlotAxis FractionAxis() => PlotAxis.Around("part of each block trained on", Result.Fractions.Select(fraction => fraction.Split.TrainFraction));

    private PlotAxis RateAxis() => PlotAxis.Around("learning rate", Rates(), isLogarithmic: true);

    private static PlotAxis GainAxis(IEnumerable<MethodScore> scores) => PlotAxis.Around("gain in percent", scores.SelectMany(Gains).Append(0).Select(gain => Math.Max(gain, LeastGain)));

    /// <summary>Gain, and its bounds if it has them.</summary>
    private static double[] Gains(MethodScore score) =>
        [Gain(score), score.Improvement?.LowerBound ?? double.NaN, score.Improvement?.UpperBound ?? double.NaN];

    private static double Gain(MethodScore score) => score.Improvement?.Percent ?? double.NaN;

    /// <summary>Perplexity, and the bounds that those of the gain give it.</summary>
    private static IEnumerable<double> Perplexities(FractionResult fraction, MethodScore score) =>
        [score.Perplexity, .. Gains(score).Skip(1).Select(gain => fraction.Auxiliary.Perplexity * (1 - (gain / 100)))];

    private static IEnumerable<double> Shown(FractionResult fraction, MethodScore score) =>
        Perplexities(fraction, score).Append(fraction.Auxiliary.Perplexity)
            .Select(perplexity => Math.Min(perplexity, MostPerplexity * fraction.Auxiliary.Perplexity));

    private static (double X, double Low, double High) Band(double x, double[] values) => (x, Math.Min(values[1], values[2]), Math.Max(values[1], values[2]));

    private static string TipOf(MethodScore score)
    {
        SweepPoint point = score.Point;
        return Invariant($"{score.Method}, {point.TrainFraction:0.##%} train, lr {point.LearningRate:0.###e-0}, {point.Layers} layers, {point.Steps} steps: ")
            + Invariant($"perplexity {score.Perplexity:0.000}, gain {Gain(score):0.00}%");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
