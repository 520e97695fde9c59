using System.Globalization;
using TinT.Evaluation.Corpora;
using TinT.Evaluation.Perplexity;
using TinT.Evaluation.Sweeps;
using TinT.Reports.Tables;

namespace TinT.Reports.Perplexity;

/// <summary>Lays a perplexity report out as a table: a group of rows for each training fraction, in it a row for each setting.</summary>
public static class PerplexityTable
{
    /// <summary>The table.</summary>
    /// <param name="report">The report.</param>
    public static ReportTable Create(PerplexityReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        PerplexityResult result = report.Result;
        List<ReportColumn> columns = [new("train", true)];
        Varied[] varied = [.. Varied.Of(result.Plan.Points)];
        columns.AddRange(varied.Select(setting => new ReportColumn(setting.Name, true)));
        columns.Add(new ReportColumn("auxiliary", true));
        foreach (string method in result.Plan.Methods)
            columns.AddRange([new(method, true), new("gain %", true)]);

        List<IReadOnlyList<ReportRow>> groups = [];
        foreach (FractionResult fraction in result.Fractions)
            groups.Add([.. fraction.Methods.Select(score => score.Point).Distinct().Select(point => CreateRow(fraction, point, varied, result))]);
        string files = string.Join(", ", report.Corpus.Names);
        return new ReportTable($"Perplexity of {report.Simulator.Model} on {files}", columns, groups, CreateNotes(report));
    }

    private static ReportRow CreateRow(FractionResult fraction, SweepPoint point, Varied[] varied, PerplexityResult result)
    {
        List<ReportCell> cells = [new(FormatFraction(fraction)), .. varied.Select(setting => new ReportCell(setting.Format(point)))];
        cells.Add(fraction.Auxiliary.IsDiverged
            ? Diverged(fraction.Auxiliary.NonFiniteBlocks, result)
            : new ReportCell(FormatPerplexity(fraction.Auxiliary.Perplexity)));
        foreach (string method in result.Plan.Methods)
        {
            MethodScore score = fraction.Methods.First(score => score.Method == method && score.Point == point);
            bool marked = score.IsBest && varied.Length > 0;
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
        SweepPoint[] points = [.. result.Plan.Points];
        string learningRate = AreEqual(points, point => point.LearningRate) ? $" with learning rate {FormatLearningRate(points[0].LearningRate)}" : "";
        string steps = AreEqual(points, point => point.Steps) ? Count(points[0].Steps, "inner SGD step") : "Inner SGD steps";
        string layers = AreEqual(points, point => point.Layers) ? $"the top {Count(points[0].Layers, "layer")}" : "the top layers";
        IEnumerable<string> scored = result.Fractions.Select(
            fraction => string.Create(CultureInfo.InvariantCulture, $"{fraction.ScoredTokens:N0} at {FormatFraction(fraction)}"));
        string cutting = (corpus.Options.GroupLines is int lines ? $", cut every {Count(lines, "line")}" : "")
            + (corpus.StoppedEarly ? "; stopped at the block limit" : "");
        string blocks = (result.IsPartial ? string.Create(CultureInfo.InvariantCulture, $"Partial: {result.BlockCount:N0} of ") : "") + Count(corpus.BlockCount, "block");
        string dropped = $"{Count(corpus.DroppedTokenCount, "token")} and {Count(corpus.EmptyLineCount, "empty line")}";
        List<string> notes =
        [
            $"{blocks} of {Count(corpus.BlockSize, "token")} ({corpus.Tokenizer.Name}); {dropped} dropped{cutting}.",
            $"{steps} on {layers}{learningRate}, trained on the first part of each block.",
            $"Scored tokens: {string.Join(", ", scored)}.",
            result.BlockCount > 1
                ? "Gain: how far the perplexity is below the auxiliary model's [95% confidence interval, paired over blocks]."
                : "Gain: how far the perplexity is below the auxiliary model's.",
        ];
        if (Varied.Of(points).Any())
            notes.Add($"* best {string.Join(", ", Varied.Of(points).Select(setting => setting.Name))} of the method at this training fraction.");
        return notes;
    }

    private static bool AreEqual<T>(IEnumerable<SweepPoint> points, Func<SweepPoint, T> value) => points.Select(value).Distinct().Count() == 1;

    private static string Count(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    private static ReportCell Diverged(int nonFiniteBlocks, PerplexityResult result) => new(
        nonFiniteBlocks == 0
            ? "diverged"
            : string.Create(CultureInfo.InvariantCulture, $"diverged ({nonFiniteBlocks:N0} of {Count(result.BlockCount, "block")})"),
        CellEmphasis.Warning);

    internal static string FormatPerplexity(double perplexity) =>
        perplexity.ToString(perplexity < 100 ? "0.000" : perplexity < 1e6 ? "N2" : "0.000e+0", CultureInfo.InvariantCulture);

    internal static string FormatFraction(FractionResult fraction) =>
        fraction.Split.TrainFraction.ToString("0.##%", CultureInfo.InvariantCulture);

    internal static string FormatLearningRate(double learningRate) =>
        learningRate.ToString("0.###e-0", CultureInfo.InvariantCulture);

    internal static string FormatImprovement(RelativeImprovement? improvement)
    {
        if (improvement is null)
            return "–";
        string percent = FormatPercent(improvement.Percent, "+");
        return improvement is { LowerBound: double low, UpperBound: double high }
            ? $"{percent} [{FormatPercent(low, "")}, {FormatPercent(high, "")}]"
            : percent;
    }

    private static string FormatPercent(double percent, string plus) => percent.ToString(
        Math.Abs(percent) < 1e4 ? $"{plus}0.00;-0.00;0.00" : $"{plus}0.0e+0;-0.0e+0", CultureInfo.InvariantCulture);

    /// <summary>A part of the settings that differs between them: a column.</summary>
    private sealed record Varied(string Name, Func<SweepPoint, string> Format)
    {
        private static readonly Varied[] all =
        [
            new("layers", point => point.Layers.ToString(CultureInfo.InvariantCulture)),
            new("steps", point => point.Steps.ToString(CultureInfo.InvariantCulture)),
            new("learning rate", point => FormatLearningRate(point.LearningRate)),
        ];

        public static IEnumerable<Varied> Of(IEnumerable<SweepPoint> points) => all.Where(setting => !AreEqual(points, setting.Format));
    }
}
