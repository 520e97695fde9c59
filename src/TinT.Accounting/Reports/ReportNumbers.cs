using System.Globalization;
using System.Text;
using TinT.Evaluation.Reports;

namespace TinT.Accounting.Reports;

/// <summary>How numbers and names are written in tables.</summary>
internal static class ReportNumbers
{
    /// <summary>A number of things.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>10⁹ operations.</summary>
    public static string Giga(long operations) => (operations / 1e9).ToString("N2", CultureInfo.InvariantCulture);

    /// <summary>Bytes that are moved, in 10⁹.</summary>
    public static string Gigabytes(long bytes) => (bytes / 1e9).ToString("N2", CultureInfo.InvariantCulture);

    /// <summary>Bytes that are held, in 2²⁰.</summary>
    public static string Mebibytes(long bytes) => (bytes / (double)(1 << 20)).ToString("N1", CultureInfo.InvariantCulture);

    /// <summary>From the first to the last of some coordinates.</summary>
    public static string Range(int start, int length) => string.Create(CultureInfo.InvariantCulture, $"{start} … {start + length - 1}");

    /// <summary>FinalNormBackward as <c>final norm backward</c>.</summary>
    public static string Words(Enum name)
    {
        StringBuilder words = new();
        foreach (char letter in name.ToString())
        {
            if (char.IsUpper(letter) && words.Length > 0)
                words.Append(' ');
            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }

    /// <summary>A row of plain cells.</summary>
    public static ReportRow Row(params string[] cells) => new([.. cells.Select(cell => new ReportCell(cell))]);

    /// <summary>Columns by header; those that start with <c>#</c> are numbers.</summary>
    public static ReportColumn[] Columns(params string[] headers) =>
        [.. headers.Select(header => new ReportColumn(header.TrimStart('#'), header.StartsWith('#')))];
}
