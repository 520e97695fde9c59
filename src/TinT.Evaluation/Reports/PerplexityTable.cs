using System.Globalization;
using TinT.Evaluation.Corpora;
using TinT.Evaluation.Perplexity;

namespace TinT.Evaluation.Reports;

/// <summary>Lays a perplexity report out as a table: a group of rows for each training fraction, in it a row for each learning rate.</summary>
public static class PerplexityTable
{
    /// <summary>The table.</summary>
    /// <param name="report">The report.</param>
    public static ReportTable Create(PerplexityReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        PerplexityResult result = report.Result;
        List<ReportColumn> columns = [new("train", true), new("scored tokens", true), new("learning rate", true), new("auxiliary", true)];
        foreach (string method in result.MethodNames)
            columns.AddRange([new(method, true), new("improvement", true)]);

        List<IReadOnlyList<ReportRow>> groups = [];
        foreach (FractionResult fraction in result.Fractions)
            groups.Add([.. result.LearningRates.Select(learningRate => CreateRow(fraction, learningRate, result))]);
        string files = string.Join(", ", report.Corpus.Names);
        return new ReportTable($"Perplexity of {report.Simulator.Model} on {files}", columns, groups, CreateNotes(report));
    }

    private static ReportRow CreateRow(FractionResult fraction, double learningRate, PerplexityResult result)
    {
        List<ReportCell> cells =
        [
            new(fraction.Split.TrainFraction.ToString("0.##%", CultureInfo.InvariantCulture)),
            new(fraction.ScoredTokens.ToString("N0", CultureInfo.InvariantCulture)),
            new(learningRate.ToString("0.###e-0", CultureInfo.InvariantCulture)),
            fraction.Auxiliary.IsDiverged
                ? Diverged(fraction.Auxiliary.NonFiniteBlocks, result)
                : new(FormatPerplexity(fraction.Auxiliary.Perplexity)),
        ];
        foreach (string method in result.MethodNames)
        {
            // A method without a learning rate has one score, which stands in every row.
            MethodScore score = fraction.Methods.First(score => score.Method == method && (score.LearningRate ?? learningRate) == learningRate);
            bool marked = score.IsBest && score.LearningRate is not null && result.LearningRates.Count > 1;
            if (score.IsDiverged)
                cells.Add(Diverged(score.NonFiniteBlocks, result));
            else
                cells.Add(new ReportCell(FormatPerplexity(score.Perplexity) + (marked ? " *" : ""), marked ? CellEmphasis.Best : CellEmphasis.None));
            cells.Add(new ReportCell(FormatImprovement(score.Improvement), marked ? CellEmphasis.Best : CellEmphasis.None));
        }

        return new ReportRow(cells);
    }

    private static List<string> CreateNotes(PerplexityReport report)
    {
        BlockCorpus corpus = report.Corpus;
        PerplexityResult result = report.Result;
        List<string> notes =
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Count(corpus.BlockCount, "block")} of {Count(corpus.BlockSize, "token")} ({corpus.TokenizerName}); {Count(corpus.DroppedTokenCount, "token")} and {Count(corpus.EmptyLineCount, "empty line")} dropped{(corpus.StoppedEarly ? "; stopped at the block limit" : "")}."),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Count(result.Steps, "inner SGD step")} on the top {Count(result.TrainedLayers, "layer")}, trained on the first part of each block, scored on the rest."),
        ];
        if (result.BlockCount > 1)
            notes.Add("Improvement over the auxiliary model with its 95% confidence interval, paired over blocks.");
        if (result.LearningRates.Count > 1)
            notes.Add("* best learning rate of the method at this training fraction.");
        return notes;
    }

    private static string Count(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    private static ReportCell Diverged(int nonFiniteBlocks, PerplexityResult result) => new(
        nonFiniteBlocks == 0
            ? "diverged"
            : string.Create(CultureInfo.InvariantCulture, $"diverged ({nonFiniteBlocks:N0} of {Count(result.BlockCount, "block")})"),
        CellEmphasis.Warning);

    private static string FormatPerplexity(double perplexity) =>
        perplexity.ToString(perplexity < 100 ? "0.000" : perplexity < 1e6 ? "N2" : "0.000e+0", CultureInfo.InvariantCulture);

    private static string FormatImprovement(RelativeImprovement? improvement)
    {
        if (improvement is null)
            return "–";
        string percent = FormatPercent(improvement.Percent);
        return improvement is { LowerBound: double low, UpperBound: double high }
            ? $"{percent}% [{FormatPercent(low)}, {FormatPercent(high)}]"
            : $"{percent}%";
    }

    private static string FormatPercent(double percent) => percent.ToString(
        Math.Abs(percent) < 1e4 ? "+0.00;-0.00;0.00" : "+0.0e+0;-0.0e+0", CultureInfo.InvariantCulture);
}
