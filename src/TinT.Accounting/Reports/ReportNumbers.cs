using System.Globalization;
using System.Text;
using TinT.Reports.Tables;

namespace TinT.Accounting.Reports;

/// <summary>How numbers and names are written in tables.</summary>
internal static class ReportNumbers
{
    /// <summary>A number of things.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Bytes that are held, in 2²⁰, or in 2¹⁰ for <paramref name="kibibytes"/>.</summary>
    public static string Held(long bytes, bool kibibytes) =>
        (bytes / (double)(1 << (kibibytes ? 10 : 20))).ToString("N1", CultureInfo.InvariantCulture);

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
