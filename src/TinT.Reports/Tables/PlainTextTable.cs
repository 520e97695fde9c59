using System.Text;

namespace TinT.Reports.Tables;

/// <summary>Renders a table as lines of plain text with aligned columns, for files and pipes.</summary>
public static class PlainTextTable
{
    private const string ColumnGap = "  ";

    /// <summary>The lines, each ended by <c>\n</c>.</summary>
    /// <param name="table">The table.</param>
    public static string Format(ReportTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        int[] widths = [.. table.Columns.Select((column, i) =>
            table.Groups.SelectMany(group => group).Select(row => row.Cells[i].Text.Length).Append(column.Header.Length).Max())];
        StringBuilder text = new();
        text.Append(table.Title).Append("\n\n");
        AppendRow(text, table, widths, [.. table.Columns.Select(column => column.Header)]);
        AppendRow(text, table, widths, [.. widths.Select(width => new string('-', width))]);
        for (int i = 0; i < table.Groups.Count; i++)
        {
            // Groups of one row need nothing between them.
            if (i > 0 && table.Groups[i].Count > 1)
                text.Append('\n');
            foreach (ReportRow row in table.Groups[i])
                AppendRow(text, table, widths, [.. row.Cells.Select(cell => cell.Text)]);
        }

        text.Append('\n');
        foreach (string note in table.Notes)
            text.Append(note).Append('\n');
        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, ReportTable table, int[] widths, string[] cells)
    {
        StringBuilder line = new();
        for (int i = 0; i < cells.Length; i++)
        {
            if (i > 0)
                line.Append(ColumnGap);
            line.Append(table.Columns[i].IsNumeric ? cells[i].PadLeft(widths[i]) : cells[i].PadRight(widths[i]));
        }

        text.Append(line.ToString().TrimEnd()).Append('\n');
    }
}
