namespace TinT.Compiler.Diagnostics;

/// <summary>
/// Turns character offsets into lines and columns as editors count them: lines end with <c>\n</c>, <c>\r\n</c> or <c>\r</c>,
/// a tab is one column, a byte order mark none.
/// </summary>
internal sealed class LineMap
{
    private readonly List<int> starts = [];
    private readonly string text;

    public LineMap(string text)
    {
        this.text = text;
        starts.Add(ByteOrderMarkLength(text));
        for (int i = 0; i < text.Length; i++)
        {
            bool endsLine = text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n'));
            if (endsLine)
                starts.Add(i + 1);
        }
    }

    /// <summary>1 if the text starts with a byte order mark, else 0.</summary>
    public static int ByteOrderMarkLength(string text) => text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0;

    /// <summary>The place of a character; offsets outside the text give its start or end.</summary>
    public SourcePosition Position(int offset)
    {
        offset = Math.Max(starts[0], Math.Min(offset, text.Length));
        int index = starts.BinarySearch(offset);
        int line = index >= 0 ? index : ~index - 1;
        return new SourcePosition(offset, line + 1, offset - starts[line] + 1);
    }

    /// <summary>The stretch of two offsets.</summary>
    public SourceSpan Span(int start, int end) => new(Position(start), Position(Math.Max(start, end)));

    /// <summary>Number of lines; one that ends the text without a line end counts, be it empty.</summary>
    public int Count => starts.Count;

    /// <summary>Offset of the first character of a line, from 1.</summary>
    public int StartOf(int line) => starts[line - 1];

    /// <summary>A line, from 1, without its end; a line past the last is empty.</summary>
    public string Line(int line)
    {
        if (line > starts.Count)
            return string.Empty;
        int end = line < starts.Count ? starts[line] : text.Length;
        return text.Substring(starts[line - 1], end - starts[line - 1]).TrimEnd('\r', '\n');
    }
}
