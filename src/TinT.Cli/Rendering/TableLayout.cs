using TinT.Reports.Tables;

namespace TinT.Cli.Rendering;

/// <summary>
/// Fits a table into the width of a terminal without breaking a word or number: cells wrap between words, and columns that have no room beside the others
/// follow below, each time behind the first one.
/// </summary>
/// <param name="Columns">Indices of the columns that stand beside each other.</param>
/// <param name="Widths">Characters of each.</param>
internal sealed record TableLayout(IReadOnlyList<int> Columns, IReadOnlyList<int> Widths)
{
    /// <summary>A border and a space on both sides of a cell, and one more border.</summary>
    private const int FramePerColumn = 3, Frame = 1;

    /// <summary>The parts of a table, one below the other.</summary>
    /// <param name="table">The table.</param>
    /// <param name="width">Characters in a line.</param>
    public static IReadOnlyList<TableLayout> Of(ReportTable table, int width)
    {
        (int Least, int Natural)[] sizes = [.. table.Columns.Select((column, index) => Measure(table, column, index))];
        List<TableLayout> parts = [];
        List<int> columns = [];
        for (int column = 0; column < sizes.Length; column++)
        {
            if (columns.Count > 0 && Least([.. columns, column]) > width)
            {
                parts.Add(Fill(columns));
                columns = Least([0, column]) <= width ? [0] : [];
            }

            columns.Add(column);
        }

        parts.Add(Fill(columns));
        return parts;

        int Least(IReadOnlyList<int> some) => Frame + some.Sum(column => FramePerColumn + sizes[column].Least);

        TableLayout Fill(IReadOnlyList<int> some)
        {
            int[] widths = [.. some.Select(column => sizes[column].Least)];
            for (int left = width - Least(some); left > 0; left--)
            {
                // Whoever lacks most gets the next character.
                int neediest = Enumerable.Range(0, widths.Length).MaxBy(index => sizes[some[index]].Natural / (double)widths[index]);
                if (widths[neediest] < sizes[some[neediest]].Natural)
                    widths[neediest]++;
            }

            return new TableLayout(some, widths);
        }
    }

    private static (int Least, int Natural) Measure(ReportTable table, ReportColumn column, int index)
    {
        string[] texts = [column.Header, .. table.Groups.SelectMany(group => group).Select(row => row.Cells[index].Text)];
        return (Math.Max(1, texts.SelectMany(text => text.Split(' ')).Max(word => word.Length)), Math.Max(1, texts.Max(text => text.Length)));
    }
}
