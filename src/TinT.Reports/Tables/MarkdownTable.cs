using System.Text;

namespace TinT.Reports.Tables;

/// <summary>Renders a table as GitHub-flavoured Markdown: the best of several in bold.</summary>
public static class MarkdownTable
{
    /// <summary>The lines, each ended by <c>\n</c>.</summary>
    /// <param name="table">The table.</param>
    public static string Format(ReportTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        StringBuilder text = new();
        text.Append("### ").Append(Escaped(table.Title)).Append("\n\n");
        Row(text, table.Columns.Select(column => Escaped(column.Header)));
        Row(text, table.Columns.Select(column => column.IsNumeric ? "---:" : "---"));
        foreach (ReportRow row in table.Groups.SelectMany(group => group))
            Row(text, row.Cells.Select(cell => cell.Emphasis == CellEmphasis.Best ? $"**{Escaped(cell.Text)}**" : Escaped(cell.Text)));
        text.Append('\n');
        foreach (string note in table.Notes)
            text.Append(Escaped(note)).Append("\n\n");
        return text.ToString();
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    /// <summary>Characters that mean something in a table are plain again.</summary>
    private static string Escaped(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (char character in text.ReplaceLineEndings(" "))
        {
            if (character is '\\' or '|' or '*' or '_' or '`' or '<' or '[' or ']')
                escaped.Append('\\');
            escaped.Append(character);
        }

        return escaped.ToString();
    }
}
