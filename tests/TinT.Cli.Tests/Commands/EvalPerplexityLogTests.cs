using System.Globalization;
using System.Xml.Linq;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Commands;

/// <summary>Evaluations that are ended, shared and looked at.</summary>
public sealed class EvalPerplexityLogTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_log_is_gone_on_from_with_the_same_report_and_a_torn_line_is_mended()
    {
        string expected = Report("whole.log", "--learning-rate", "1e-4,1e-3");
        string[] lines = File.ReadAllLines(folder.File("whole.log"));

        // A header, and 2 methods × 2 fractions × 2 rates for each of 5 blocks.
        Assert.Equal(1 + (2 * 2 * 2 * 5), lines.Length);
        foreach (int kept in new[] { 0, 1, 2, 17, lines.Length - 1, lines.Length })
        {
            File.WriteAllText(folder.File("torn.log"), string.Concat(lines.Take(kept).Select(line => line + "\n")) + (kept < lines.Length ? lines[kept][..(lines[kept].Length / 2)] : ""));

            Assert.Equal(expected, Report("torn.log", "--learning-rate", "1e-4,1e-3"));
            Assert.Equal(lines.Order(StringComparer.Ordinal), File.ReadAllLines(folder.File("torn.log")).Order(StringComparer.Ordinal));
        }

        // Other rates and more blocks are more runs of the same log.
        CommandResult more = Evaluate("--log", folder.File("torn.log"), "--learning-rate", "1e-4,1e-3,3e-3");
        Assert.Contains("40 runs are finished and not repeated.", more.Error, StringComparison.Ordinal);
        Assert.Equal(lines.Length + (2 * 2 * 5), File.ReadAllLines(folder.File("torn.log")).Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Shards_merge_to_the_report_of_one_process(int count)
    {
        string expected = Report("whole.log");
        List<string> logs = [];
        for (int shard = 1; shard <= count; shard++)
        {
            logs.Add(folder.File(string.Create(CultureInfo.InvariantCulture, $"{shard}.log")));
            CommandResult part = Evaluate("--log", logs[^1], "--shard", string.Create(CultureInfo.InvariantCulture, $"{shard}/{count}"));
            if (shard > 5)
                Assert.Contains("nothing to report", part.Error, StringComparison.Ordinal);
            else if (count > 1)
                Assert.Contains($"Partial: {(5 - shard + count) / count} of 5 blocks", part.Output, StringComparison.Ordinal);
        }

        Assert.Equal(expected, Report("merged.log", ["--merge", .. logs]));
        Assert.Equal(
            File.ReadAllLines(folder.File("whole.log")).Order(StringComparer.Ordinal), File.ReadAllLines(folder.File("merged.log")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_log_of_another_evaluation_is_refused_with_the_difference()
    {
        string log = folder.File("run.log");
        Assert.Equal(0, Evaluate("--log", log).ExitCode);

        CommandResult other = Evaluate("--log", log, "--group-lines", "1");

        Assert.Equal(1, other.ExitCode);
        Assert.Contains("belongs to another evaluation: --group-lines is 1, there none.", other.Error, StringComparison.Ordinal);
        Evaluate("--shard", "3/2").AssertFailed(2, "error: --shard is I/N with I from 1 to N, such as 2/4, not '3/2'.");
        File.WriteAllText(folder.File("text.log"), "no log\n");
        Assert.Contains("is no log of runs; name another file.", Evaluate("--log", folder.File("text.log")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_and_plots_are_made_of_the_log()
    {
        string page = folder.File("page.html");
        string plots = folder.File("plots");
        string[] options = ["--learning-rate", "1e-4,1e-3", "--layers", "4,1", "--exact", "none", "--log", folder.File("run.log"), "--html", page, "--plots", plots];
        Assert.Equal(0, Evaluate(options).ExitCode);
        string first = File.ReadAllText(page);

        XElement html = XElement.Parse(first[(first.IndexOf('\n', StringComparison.Ordinal) + 1)..], LoadOptions.PreserveWhitespace);

        Assert.Equal(
            ["blocks.svg", "gain-by-fraction.svg", "gain-by-position.svg", "gain-by-rate-tint.svg", "perplexity-by-fraction.svg", "perplexity-by-rate-tint.svg"],
            Directory.GetFiles(plots).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        foreach (string plot in Directory.GetFiles(plots))
            XElement.Parse(File.ReadAllText(plot));
        Assert.Equal(6, html.Descendants("figure").Count());

        // Of three blocks each byte of the text, in order.
        string[] texts = [.. html.Descendants("p").Where(paragraph => (string?)paragraph.Attribute("class") == "tokens").Select(paragraph => paragraph.Value)];
        Assert.Equal(3, texts.Length);
        Assert.Equal(File.ReadAllText(folder.File("text.txt"))[..(3 * 64)].Replace("\n", " ", StringComparison.Ordinal), string.Concat(texts).Replace("\n", " ", StringComparison.Ordinal));
        Assert.Contains("SHA-256", first, StringComparison.Ordinal);

        Assert.Equal(0, Evaluate(options).ExitCode);
        Assert.Equal(first, File.ReadAllText(page));
    }

    private string Report(string log, params string[] options)
    {
        string json = folder.File("result.json");
        Assert.Equal(0, Evaluate(["--log", folder.File(log), "--json", json, .. options]).ExitCode);
        return File.ReadAllText(json);
    }

    private CommandResult Evaluate(params string[] options)
    {
        string text = folder.File("text.txt");
        if (!File.Exists(text))
            File.WriteAllText(text, string.Concat(Enumerable.Range(0, 5).Select(line => $"{line} The quick brown fox jumps over the lazy dog and runs away again, {line}.\n")));
        return Tint.Run(
            ["eval", "perplexity", ByteModel.Spec, "--checkpoint", ByteModel.Checkpoint, "--text", text, "--block-size", "64", "--train-fraction", "0.3,0.6", .. options]);
    }
}
