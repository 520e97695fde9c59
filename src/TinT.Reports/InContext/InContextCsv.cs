using System.Text;
using System.Text.Json.Serialization.Metadata;
using TinT.Reports.Files;
using TinT.Reports.Json;

namespace TinT.Reports.InContext;

/// <summary>Writes every run as a record of comma-separated values (RFC 4180, UTF-8, a header line).</summary>
/// <remarks>Columns are the model and the single values of <see cref="InContextJson.Run"/>, with their names and units; what has no value is empty.</remarks>
public static class InContextCsv
{
    private static readonly IReadOnlyList<JsonPropertyInfo> columns = ReportJson.SingleValuesOf<InContextJson.Run>(InContextContract.Default);

    /// <summary>Writes the records.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="report">The report.</param>
    public static void Write(Stream stream, InContextReport report)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(report);
        CsvWriter writer = new();
        WriteHeader(writer);
        WriteRecords(writer, report);
        stream.Write(Encoding.UTF8.GetBytes(writer.ToString()));
    }

    /// <summary>Writes the header, behind columns of the caller's.</summary>
    internal static void WriteHeader(CsvWriter writer, params IEnumerable<object?> leading) =>
        writer.WriteRecord([.. leading, "model", .. columns.Select(column => column.Name)]);

    /// <summary>Writes the records of a report, behind values of the caller's.</summary>
    internal static void WriteRecords(CsvWriter writer, InContextReport report, params IEnumerable<object?> leading)
    {
        foreach (InContextJson.Run run in InContextJson.RunsOf(report.Result))
            writer.WriteRecord([.. leading, report.Simulator.Model, .. columns.Select(column => column.Get!(run))]);
    }
}
