using System.Text;

namespace TinT.Reports.Tables;

/// <summary>Renders a table as LaTeX, with the rules of the package <c>booktabs</c>: the best of several in bold.</summary>
public static class LatexTable
{
    /// <summary>The lines, each ended by <c>\n</c>.</summary>
    /// <param name="table">The table.</param>
    public static string Format(ReportTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        StringBuilder text = new();
        text.Append("% needs \\usepackage{booktabs}\n\\begin{table}\n\\centering\n\\caption{").Append(Escaped(table.Title)).Append("}\n");
        text.Append("\\begin{tabular}{").Append(string.Concat(table.Columns.Select(column => column.IsNumeric ? 'r' : 'l'))).Append("}\n\\toprule\n");
        Row(text, table.Columns.Select(column => Escaped(column.Header)));
        foreach (IReadOnlyList<ReportRow> group in table.Groups)
        {
            text.Append("\\midrule\n");
            foreach (ReportRow row in group)
                Row(text, row.Cells.Select(cell => cell.Emphasis == CellEmphasis.Best ? $"\\textbf{{{Escaped(cell.Text)}}}" : Escaped(cell.Text)));
        }

        text.Append("\\bottomrule\n\\end{tabular}\n");
        foreach (string note in table.Notes)
            text.Append("% ").Append(note.ReplaceLineEndings(" ")).Append('\n');
        return text.Append("\\end{table}\n").ToString();
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(" & ", cells).Append(" \\\\\n");

    private static string Escaped(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (char character in text.ReplaceLineEndings(" "))
        {
            escaped.Append(character switch
            {
                '\\' => "\\textbackslash{}",
                '&' or '%' or '$' or '#' or '_' or '{' or '}' => $"\\{character}",
                '~' => "\\textasciitilde{}",
                '^' => "\\textasciicircum{}",
                '±' => "$\\pm$",
                '–' => "--",
                _ => character.ToString(),
            });
        }

        return escaped.ToString();
    }
}
