using TinT.Evaluation.Tests;
using TinT.Reports.Files;
using TinT.Reports.Perplexity;
using TinT.Reports.Tests.Perplexity;

namespace TinT.Reports.Tests.Files;

public sealed class ReportFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Files_hold_the_report_and_nothing_else_is_left()
    {
        PerplexityReport report = ReportSamples.Create();
        string csv = folder.Write("report.csv", "an older report that is replaced");
        string json = Path.Combine(folder.FullName, "report.json");
        AtomicFile.Write(csv, stream => PerplexityCsv.Write(stream, report));
        AtomicFile.Write(json, stream => PerplexityJson.Write(stream, report));
        Assert.Equal(PerplexityCsv.Format(report), File.ReadAllText(csv));
        Assert.StartsWith("{\n  \"schema\": \"tint.perplexity/1\",\n  \"model\": \"Tiny\",", File.ReadAllText(json), StringComparison.Ordinal);
        Assert.Equal([csv, json], Directory.GetFiles(folder.FullName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_writer_that_fails_leaves_the_old_file_and_no_other()
    {
        string path = folder.Write("report.json", "old");
        Assert.Throws<InvalidDataException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidDataException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.FullName));
    }

    [Fact]
    public void A_missing_directory_is_named()
    {
        string path = Path.Combine(folder.FullName, "none", "report.csv");
        ReportException exception = Assert.Throws<ReportException>(() => AtomicFile.Write(path, stream => stream.WriteByte(1)));
        Assert.Equal($"{path}: the directory does not exist; create it first.", exception.Message);
    }

    [Fact]
    public void A_path_that_is_a_directory_is_refused()
    {
        ReportException exception = Assert.Throws<ReportException>(() => AtomicFile.Write(folder.FullName, stream => stream.WriteByte(1)));
        Assert.StartsWith($"{folder.FullName}: cannot be written: ", exception.Message, StringComparison.Ordinal);
    }
}
