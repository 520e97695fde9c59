using Spectre.Console;
using TinT.Evaluation.Reports;

namespace TinT.Cli.Rendering;

/// <summary>Renders a table on a terminal; cells wrap where it is narrow.</summary>
internal static class StyledTable
{
    /// <summary>Writes the title, the table and its notes.</summary>
    public static void Write(IAnsiConsole console, ReportTable report)
    {
        Table table = new Table().Border(TableBorder.Rounded);
        foreach (ReportColumn column in report.Columns)
        {
            var styled = new TableColumn(new Text(column.Header, new Style(decoration: Decoration.Bold)));
            table.AddColumn(column.IsNumeric ? styled.RightAligned() : styled);
        }

        for (int group = 0; group < report.Groups.Count; group++)
        {
            if (group > 0 && report.Groups[group].Count > 1)
                table.AddEmptyRow();
            foreach (ReportRow row in report.Groups[group])
                table.AddRow(row.Cells.Select(cell => new Text(cell.Text, StyleOf(cell.Emphasis))));
        }

        console.Write(new Text(report.Title, new Style(decoration: Decoration.Bold)));
        console.WriteLine();
        console.Write(table);
        foreach (string note in report.Notes)
            console.WriteLine(note, new Style(decoration: Decoration.Dim));
    }

    private static Style StyleOf(CellEmphasis emphasis) => emphasis switch
    {
        CellEmphasis.Best => new Style(Color.Green, decoration: Decoration.Bold),
        CellEmphasis.Warning => new Style(Color.Yellow),
        _ => Style.Plain,
    };
}
