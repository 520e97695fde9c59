using TinT.Evaluation.Corpora;
using TinT.Evaluation.Perplexity;
using TinT.Evaluation.Sweeps;
using TinT.Evaluation.Tests;
using TinT.Evaluation.Tests.Perplexity;
using TinT.Evaluation.Tokenizers;
using TinT.Reports.Perplexity;
using TinT.Reports.Tables;

namespace TinT.Reports.Tests.Perplexity;

public sealed class PerplexityTableTests
{
    [Fact]
    public void Rows_are_grouped_by_fraction_and_the_best_rate_is_marked()
    {
        Assert.Equal(
            """
            Perplexity of Tiny on texts/sample.txt

            train  learning rate  auxiliary                 exact SGD                gain %     TinT                gain %
            -----  -------------  ---------  ------------------------  --------------------  -------  --------------------
              50%         2.5e-1      2.031                   1.701 *  +16.23 [2.00, 28.39]    1.859   +8.47 [1.01, 15.38]
              50%           5e-1      2.031  diverged (1 of 3 blocks)                     –  1.701 *  +16.23 [2.00, 28.39]

              75%         2.5e-1      2.207                   1.811 *  +17.96 [3.57, 30.20]    1.999   +9.42 [1.80, 16.45]
              75%           5e-1      2.207  diverged (1 of 3 blocks)                     –  1.811 *  +17.96 [3.57, 30.20]

            3 blocks of 4 tokens (bytes); 3 tokens and 1 empty line dropped.
            3 inner SGD steps on the top 2 layers, trained on the first part of each block.
            Scored tokens: 6 at 50%, 3 at 75%.
            Gain: how far the perplexity is below the auxiliary model's [95% confidence interval, paired over blocks].
            * best learning rate of the method at this training fraction.

            """,
            PlainTextTable.Format(PerplexityTable.Create(ReportSamples.Create())), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void With_one_learning_rate_nothing_is_marked_and_rows_follow_each_other()
    {
        PerplexityReport report = ReportSamples.Create(
            new PerplexityOptions { Sweep = new Sweep { TrainFractions = [0.3, 0.5] } }, new EvaluationMethod("TinT", FakeSimulator.Scaling()));
        Assert.Equal(
            """
            Perplexity of Tiny on texts/sample.txt

            train  auxiliary   TinT                gain %
            -----  ---------  -----  --------------------
              30%      1.868  1.598  +14.47 [0.10, 26.77]
              50%      2.031  1.701  +16.23 [2.00, 28.39]

            3 blocks of 4 tokens (bytes); 3 tokens and 1 empty line dropped.
            3 inner SGD steps on the top 2 layers with learning rate 2.5e-1, trained on the first part of each block.
            Scored tokens: 9 at 30%, 6 at 50%.
            Gain: how far the perplexity is below the auxiliary model's [95% confidence interval, paired over blocks].

            """,
            PlainTextTable.Format(PerplexityTable.Create(report)), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Emphasis_goes_with_the_text()
    {
        ReportTable table = PerplexityTable.Create(ReportSamples.Create());
        IReadOnlyList<ReportCell> cells = table.Groups[0][1].Cells;
        Assert.Equal(CellEmphasis.Warning, cells[3].Emphasis);
        Assert.Equal(CellEmphasis.Best, cells[5].Emphasis);
        Assert.Equal(CellEmphasis.None, cells[2].Emphasis);
    }

    [Fact]
    public void What_differs_between_settings_has_a_column_and_a_partial_result_says_so()
    {
        PerplexityReport report = ReportSamples.Create(
            new PerplexityOptions { Sweep = new Sweep { Layers = [2, 1], Steps = [3, 1] }, Share = block => block != 1 },
            new EvaluationMethod("TinT", FakeSimulator.Scaling()));
        ReportTable table = PerplexityTable.Create(report);

        Assert.Equal(["train", "layers", "steps", "auxiliary", "TinT", "gain %"], table.Columns.Select(column => column.Header));
        Assert.Equal(["2 3", "2 1", "1 3", "1 1"], table.Groups[0].Select(row => $"{row.Cells[1].Text} {row.Cells[2].Text}"));
        Assert.StartsWith("Partial: 2 of 3 blocks of 4 tokens", table.Notes[0], StringComparison.Ordinal);
        Assert.StartsWith("Inner SGD steps on the top layers with learning rate 2.5e-1,", table.Notes[1], StringComparison.Ordinal);
        Assert.Equal("* best layers, steps of the method at this training fraction.", table.Notes[^1]);
    }

    [Fact]
    public void Cutting_by_groups_and_stopping_early_are_noted()
    {
        using TemporaryFolder folder = new();
        BlockCorpus corpus = CorpusReader.Read(
            [folder.Write("lines.txt", "abc\ndef\nghi\n")], new ByteTokenizer(), new CorpusOptions(3) { GroupLines = 1, MaxBlocks = 2 });
        EvaluationMethod method = new("TinT", FakeSimulator.Scaling());
        PerplexityResult result = new PerplexityEvaluator().Evaluate(corpus, [method], new PerplexityOptions());
        ReportTable table = PerplexityTable.Create(new PerplexityReport(method.Simulator.Description, corpus, result));
        Assert.Equal("Perplexity of Tiny on lines.txt", table.Title);
        Assert.Equal("2 blocks of 3 tokens (bytes); 2 tokens and 0 empty lines dropped, cut every 1 line; stopped at the block limit.", table.Notes[0]);
    }

    [Theory]
    [InlineData(4.5, "90.017")]
    [InlineData(8, "2,980.96")]
    [InlineData(100, "2.688e+43")]
    [InlineData(1000, "diverged")]
    public void Large_perplexities_stay_readable(float loss, string text)
    {
        PerplexityReport report = ReportSamples.Create(new PerplexityOptions(), new EvaluationMethod("TinT", new FakeSimulator((_, _) => loss)));
        Assert.Equal(text, PerplexityTable.Create(report).Groups[0][0].Cells[2].Text);
    }
}
