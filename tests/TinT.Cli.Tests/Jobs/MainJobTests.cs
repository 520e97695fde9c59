using System.Globalization;
using System.Text.RegularExpressions;

namespace TinT.Cli.Tests.Jobs;

public sealed class MainJobTests
{
    private static readonly string[] fractions = ["30%", "50%", "70%", "90%"];

    [Fact]
    public void Without_arguments_the_shipped_model_reads_a_text_that_it_has_not_seen_and_TinT_improves_it()
    {
        CommandResult result = Tint.RunMainJob(blocks: 6);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Perplexity of ByteGpt2 on devils-dictionary.txt\n", result.Output, StringComparison.Ordinal);
        double[][] rows = [.. fractions.Select(fraction => Perplexities(result.Output, fraction))];
        // A model that knows nothing of bytes has a perplexity of 256.
        Assert.All(rows, row => Assert.All(row, perplexity => Assert.InRange(perplexity, 1, 256)));
        Assert.True(rows.Sum(row => Math.Log(row[2])) < rows.Sum(row => Math.Log(row[0])), "TinT is no better than the auxiliary model.");
        Assert.Contains("After one step on the first 90% of each block, perplexity on the rest is ", result.Output, StringComparison.Ordinal);
        Assert.Contains("  tint eval perplexity ", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Output + result.Error);
    }

    /// <summary>Of the auxiliary model, exact SGD and TinT, from the row of a fraction: fraction, auxiliary, exact SGD, gain, TinT, gain.</summary>
    private static double[] Perplexities(string output, string fraction)
    {
        string row = output.Split('\n').Single(line => line.TrimStart().StartsWith(fraction + " ", StringComparison.Ordinal));
        string[] cells = Regex.Split(row.Trim(), " {2,}");
        Assert.Equal(6, cells.Length);
        return [.. new[] { cells[1], cells[2], cells[4] }.Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
    }
}
