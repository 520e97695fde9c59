using TinT.Cli.Rendering;
using TinT.Literal.Export;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Tests.Rendering;

public sealed class ByteProgressTests
{
    [Fact]
    public void Every_tenth_of_a_large_export_is_told_once()
    {
        using StringWriter writer = new() { NewLine = "\n" };
        ByteProgress progress = ByteProgress.WithLines(writer, "writing");
        for (long written = 0; written <= 2_000_000_000; written += 50_000_000)
            progress.Report(new ExportProgress(written, 2_000_000_000));

        string[] lines = writer.ToString().TrimEnd().Split('\n');
        Assert.Equal(10, lines.Length);
        Assert.StartsWith("writing 10%: 0.20 of 2.00 GB, ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("writing 100%: 2.00 of 2.00 GB, ", lines[^1], StringComparison.Ordinal);
        Assert.EndsWith(" GB/s, 0:00 left", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Loading_is_told_as_loading()
    {
        using StringWriter writer = new() { NewLine = "\n" };
        ByteProgress.WithLines(writer, "loading").Report(new LoadingProgress(1_100_000_000, 2_200_000_000));

        Assert.StartsWith("loading 50%: 1.10 of 2.20 GB, ", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_small_export_is_not_told()
    {
        using StringWriter writer = new();
        ByteProgress.WithLines(writer, "writing").Report(new ExportProgress(1_000_000, 1_000_000));
        Assert.Equal("", writer.ToString());
    }
}
