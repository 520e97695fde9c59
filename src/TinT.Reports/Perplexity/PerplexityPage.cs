using System.Globalization;
using TinT.Evaluation.Perplexity;
using TinT.Evaluation.Tokenizers;
using TinT.Reports.Files;
using TinT.Reports.Html;

namespace TinT.Reports.Perplexity;

/// <summary>A perplexity evaluation as a self-contained page with plots, all made of the runs in its log.</summary>
public static class PerplexityPage
{
    private const int TextBlocks = 3;

    private const string Intervals = "bands: 95% confidence intervals, paired over blocks.";

    /// <summary>Changes of a token's loss from which on it is coloured, in nats: three shades.</summary>
    private static readonly double[] shades = [0.1, 0.4, 1.2];

    /// <summary>The page.</summary>
    /// <param name="report">The report.</param>
    /// <param name="inputs">Files that determine the numbers.</param>
    /// <param name="version">Version of the tool.</param>
    public static HtmlPage Create(PerplexityReport report, IEnumerable<HashedInput> inputs, string version)
    {
        ArgumentNullException.ThrowIfNull(report);
        HtmlPage page = new($"Perplexity of {report.Simulator.Model}", string.Join(", ", report.Corpus.Names));
        AddTo(page, report);
        page.Section("What determines the numbers").Paragraph($"Version {version}.").Table(HashedInputs.Table(inputs));
        return page;
    }

    /// <summary>Adds table, plots and texts to a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="report">The report.</param>
    /// <param name="of">What it is of, behind each heading; empty if the page has no other.</param>
    public static void AddTo(HtmlPage page, PerplexityReport report, string of = "")
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(report);
        PerplexityPlots plots = new(report);
        page.Section($"Perplexity{of}").Table(PerplexityTable.Create(report));
        foreach (NamedPlot plot in Plots(report))
        {
            page.Section($"{plot.Heading}{of}").Figure(plot.Drawing, plot.Caption);
            page.Legend(plot.Legend == PlotLegend.Fractions
                ? report.Result.Fractions.Select((fraction, index) => (PerplexityPlots.Colour(index), $"{Percent(fraction)} trained on"))
                : report.Result.Plan.Methods.Select(method => (plots.ColourOf(method), method)));
        }

        AddTexts(page, report, plots, of);
    }

    /// <summary>The plots, each with a name that a file can have.</summary>
    /// <param name="report">The report.</param>
    public static IEnumerable<NamedPlot> Plots(PerplexityReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        PerplexityPlots plots = new(report);
        if (!plots.Bests().Any())
            yield break;
        if (report.Result.Fractions.Count > 1)
        {
            yield return new NamedPlot(
                "gain-by-fraction", "Gain over the part trained on", plots.GainOverFraction(), $"Best setting of each method; {Intervals}", PlotLegend.Methods);
            yield return new NamedPlot(
                "perplexity-by-fraction",
                "Perplexity over the part trained on",
                plots.PerplexityOverFraction(),
                "Dashed: the auxiliary model. What is scored shrinks as the trained part grows: lines are compared with the dashed one, not along themselves.",
                PlotLegend.Methods);
        }

        if (plots.Rates().Length > 1)
        {
            foreach (string method in report.Result.Plan.Methods)
            {
                string name = string.Concat(method.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-')).Trim('-');
                yield return new NamedPlot(
                    $"gain-by-rate-{name}",
                    $"Gain of {method} over the learning rate",
                    plots.GainOverRate(method),
                    $"With the layers and steps that are best at each fraction; {Intervals} What lies beyond the frame stands at its edge.",
                    PlotLegend.Fractions);
                yield return new NamedPlot(
                    $"perplexity-by-rate-{name}",
                    $"Perplexity of {method} over the learning rate",
                    plots.PerplexityOverRate(method),
                    "Dashed: the auxiliary model at each fraction.",
                    PlotLegend.Fractions);
            }
        }

        FractionResult middle = Middle(report);
        yield return new NamedPlot(
            "blocks",
            $"Each block before and after, {Percent(middle)} trained on",
            plots.Blocks(middle),
            "A point below the dashed line is a block that the inner steps help with.",
            PlotLegend.Methods);
        if (plots.GainByPosition() is { } positions)
        {
            yield return new NamedPlot(
                "gain-by-position",
                $"Gain of {report.Result.Plan.Methods[^1]} by place",
                positions,
                "Mean over blocks with the best setting at each fraction; bands: 95% confidence intervals.",
                PlotLegend.Fractions);
        }
    }

    /// <summary>The text of a few blocks, coloured by how the loss of each token changed.</summary>
    private static void AddTexts(HtmlPage page, PerplexityReport report, PerplexityPlots plots, string of)
    {
        FractionResult middle = Middle(report);
        string method = report.Result.Plan.Methods[^1];
        if (plots.Bests().FirstOrDefault(best => best.Fraction == middle && best.Score.Method == method).Score is not { } score)
            return;
        BlockRun[] runs = [.. report.Result.Runs(method, score.Point).Where(run => run.TokenLossesAfter is not null).Take(TextBlocks)];
        if (runs.Length == 0)
        {
            page.Section($"Text{of}").Paragraph(
                "With --token-losses (in a sweep token_losses) runs keep the loss of each token: then texts coloured by them and the gain by place are here.");
            return;
        }

        page.Section($"Text, {Percent(middle)} trained on{of}").Paragraph(
            $"Grey: trained on. Green: tokens that {method} predicts better after the inner steps, orange: worse; from {string.Join(", ", shades.Select(Number))} nats on.");
        foreach (BlockRun run in runs)
        {
            int trained = middle.Split.TrainingTokens;
            page.Paragraph(string.Create(CultureInfo.InvariantCulture, $"Block {run.Key.Block}"));
            page.Tokens(report.Corpus.Tokenizer.DecodeEach(report.Corpus.GetBlock(run.Key.Block)).Select((text, token) => token < trained
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

    private static FractionResult Middle(PerplexityReport report) => report.Result.Fractions[report.Result.Fractions.Count / 2];

    private static string Percent(FractionResult fraction) => fraction.Split.TrainFraction.ToString("0.##%", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
