using System.Globalization;
using TinT.Evaluation.Logs;
using TinT.Evaluation.Perplexity;
using TinT.Reports.Files;
using TinT.Reports.Html;
using TinT.Reports.Tables;

namespace TinT.Reports.Perplexity;

/// <summary>A perplexity evaluation as a self-contained page with plots, all made of the runs in its log.</summary>
public static class PerplexityPage
{
    private const int TextBlocks = 3;

    /// <summary>Changes of a token's loss from which on it is coloured, in nats: three shades.</summary>
    private static readonly double[] shades = [0.1, 0.4, 1.2];

    /// <summary>The page.</summary>
    /// <param name="report">The report.</param>
    /// <param name="log">Its runs.</param>
    /// <param name="tokenTexts">The text of each token of a block.</param>
    /// <param name="inputs">Files that determine the numbers.</param>
    /// <param name="version">Version of the tool.</param>
    public static HtmlPage Create(
        PerplexityReport report, IRunLog<BlockKey, BlockRun> log, Func<int[], IReadOnlyList<string>> tokenTexts, IReadOnlyList<HashedInput> inputs, string version)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(inputs);
        HtmlPage page = new($"Perplexity of {report.Simulator.Model}", string.Join(", ", report.Corpus.Names));
        AddTo(page, report, log, tokenTexts);
        page.Section("What determines the numbers")
            .Paragraph($"Version {version}.")
            .Table(new ReportTable(
                "Files", [new("what", false), new("name", false), new("SHA-256", false)],
                [[.. inputs.Select(input => new ReportRow([new(input.Role), new(input.Name), new(input.Sha256)]))]], []));
        return page;
    }

    /// <summary>Adds tables, plots and texts to a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="report">The report.</param>
    /// <param name="log">Its runs.</param>
    /// <param name="tokenTexts">The text of each token of a block.</param>
    public static void AddTo(HtmlPage page, PerplexityReport report, IRunLog<BlockKey, BlockRun> log, Func<int[], IReadOnlyList<string>> tokenTexts)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(tokenTexts);
        PerplexityPlots plots = new(report, log);
        page.Section("Perplexity").Table(PerplexityTable.Create(report));
        foreach (NamedPlot plot in Plots(report, log))
        {
            page.Section(plot.Heading).Figure(plot.Drawing, plot.Caption);
            if (plot.Legend == PlotLegend.Fractions)
                page.Legend(report.Result.Fractions.Select((fraction, index) => (PerplexityPlots.Colour(index), $"{Percent(fraction)} trained on")));
            else
                page.Legend(report.Result.Plan.Methods.Select(method => (plots.ColourOf(method), method)));
        }

        AddTexts(page, report, log, tokenTexts, plots);
    }

    /// <summary>The plots, each with a name that a file can have.</summary>
    /// <param name="report">The report.</param>
    /// <param name="log">Its runs.</param>
    public static IEnumerable<NamedPlot> Plots(PerplexityReport report, IRunLog<BlockKey, BlockRun> log)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(log);
        PerplexityPlots plots = new(report, log);
        if (!plots.Bests().Any())
            yield break;
        if (report.Result.Fractions.Count > 1)
        {
            yield return new NamedPlot("gain-by-fraction", "Gain over the part trained on", plots.GainOverFraction(), "Best setting of each method; bands: 95% confidence intervals, paired over blocks.", PlotLegend.Methods);
            yield return new NamedPlot("perplexity-by-fraction", "Perplexity over the part trained on", plots.PerplexityOverFraction(), "Dashed: the auxiliary model. What is scored shrinks as the trained part grows, so lines are compared with the dashed one, not along themselves.", PlotLegend.Methods);
        }

        if (plots.Rates().Length > 1)
        {
            foreach (string method in report.Result.Plan.Methods)
            {
                string name = string.Concat(method.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-')).Trim('-');
                yield return new NamedPlot($"gain-by-rate-{name}", $"Gain of {method} over the learning rate", plots.GainOverRate(method), "With the layers and steps that are best at each fraction; bands: 95% confidence intervals. What lies beyond the frame stands at its edge.", PlotLegend.Fractions);
                yield return new NamedPlot($"perplexity-by-rate-{name}", $"Perplexity of {method} over the learning rate", plots.PerplexityOverRate(method), "Dashed: the auxiliary model at each fraction.", PlotLegend.Fractions);
            }
        }

        FractionResult middle = report.Result.Fractions[report.Result.Fractions.Count / 2];
        yield return new NamedPlot("blocks", $"Each block before and after, {Percent(middle)} trained on", plots.Blocks(middle), "A point below the dashed line is a block that the inner steps help with.", PlotLegend.Methods);
        if (plots.GainByPosition() is { } positions)
        {
            yield return new NamedPlot("gain-by-position", $"Gain of {report.Result.Plan.Methods[^1]} by place", positions, "Mean over blocks with the best setting at each fraction; bands: 95% confidence intervals.", PlotLegend.Fractions);
        }
    }

    /// <summary>The text of a few blocks, coloured by how the loss of each token changed.</summary>
    private static void AddTexts(
        HtmlPage page, PerplexityReport report, IRunLog<BlockKey, BlockRun> log, Func<int[], IReadOnlyList<string>> tokenTexts, PerplexityPlots plots)
    {
        PerplexityResult result = report.Result;
        FractionResult middle = result.Fractions[result.Fractions.Count / 2];
        string method = result.Plan.Methods[^1];
        if (plots.Bests().FirstOrDefault(best => best.Fraction == middle && best.Score.Method == method).Score is not { } score)
            return;
        BlockRun[] runs = [.. result.Runs(log, method, score.Point).Where(run => run.TokenLossesAfter is not null).Take(TextBlocks)];
        if (runs.Length == 0)
        {
            page.Section("Text").Paragraph("With --token-losses runs keep the loss of each token, and this page shows texts coloured by them and the gain by place.");
            return;
        }

        page.Section($"Text, {Percent(middle)} trained on")
            .Paragraph($"Grey: trained on. Green: tokens that {method} predicts better after the inner steps, orange: worse; from {shades[0]}, {shades[1]} and {shades[2]} nats.");
        foreach (BlockRun run in runs)
        {
            int trained = middle.Split.TrainingTokens;
            int[] ids = report.Corpus.GetBlock(run.Key.Block).ToArray();
            page.Paragraph(string.Create(CultureInfo.InvariantCulture, $"Block {run.Key.Block}"));
            IReadOnlyList<string> texts = tokenTexts(ids);
            page.Tokens(texts.Select((text, token) => token < trained
                ? (text, "trained", string.Empty)
                : Coloured(text, run.TokenLossesBefore![token - trained], run.TokenLossesAfter![token - trained])));
        }
    }

    private static (string Text, string StyleClass, string Tip) Coloured(string text, float before, float after)
    {
        int shade = shades.Count(least => Math.Abs(before - after) >= least);
        string styleClass = shade == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"{(after < before ? "less" : "more")}{shade}");
        return (text, styleClass, string.Create(CultureInfo.InvariantCulture, $"{before:0.00} → {after:0.00} nats"));
    }

    private static string Percent(FractionResult fraction) => fraction.Split.TrainFraction.ToString("0.##%", CultureInfo.InvariantCulture);
}
