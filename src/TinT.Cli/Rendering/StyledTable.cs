using Spectre.Console;
using Spectre.Console.Rendering;
using TinT.Reports.Tables;

namespace TinT.Cli.Rendering;

/// <summary>Renders a table on a terminal; where it is narrow, cells wrap between words and columns follow below each other.</summary>
internal static class StyledTable
{
    /// <summary>Writes the title, the table and its notes.</summary>
    public static void Write(IAnsiConsole console, ReportTable report)
    {
        console.Write(new Text(report.Title, new Style(decoration: Decoration.Bold)));
        console.WriteLine();
        foreach (TableLayout part in TableLayout.Of(report, console.Profile.Width))
            console.Write(Create(report, part));
        foreach (string note in report.Notes)
            console.WriteLine(note, new Style(decoration: Decoration.Dim));
    }

    /// <summary>A table with its title and notes, to be shown in one place.</summary>
    /// <param name="report">The table.</param>
    /// <param name="width">Characters in a line.</param>
    public static IRenderable Whole(ReportTable report, int width) => new Rows(
    [
        new Text(report.Title, new Style(decoration: Decoration.Bold)),
        .. TableLayout.Of(report, width).Select(part => Create(report, part)),
        .. report.Notes.Select(note => new Text(note, new Style(decoration: Decoration.Dim))),
    ]);

    private static Table Create(ReportTable report, TableLayout part)
    {
        Table table = new Table().Border(TableBorder.Rounded);
        foreach ((int index, int width) in part.Columns.Zip(part.Widths))
        {
            ReportColumn column = report.Columns[index];
            TableColumn styled = new TableColumn(new Text(column.Header, new Style(decoration: Decoration.Bold))).Width(width);
            table.AddColumn(column.IsNumeric ? styled.RightAligned() : styled);
        }

        for (int group = 0; group < report.Groups.Count; group++)
        {
            if (group > 0 && report.Groups[group].Count > 1)
                table.AddEmptyRow();
            foreach (ReportRow row in report.Groups[group])
                table.AddRow(part.Columns.Select(index => row.Cells[index]).Select(cell => new Text(cell.Text, StyleOf(cell.Emphasis))));
        }

        return table;
    }

    private static Style StyleOf(CellEmphasis emphasis) => emphasis switch
    {
        CellEmphasis.Best => new Style(Color.Green, decoration: Decoration.Bold),
        CellEmphasis.Warning => new Style(Color.Yellow),
        CellEmphasis.None => Style.Plain,
        _ => throw new ArgumentOutOfRangeException(nameof(emphasis), emphasis, "There is no such emphasis."),
    };
}
