using TinT.Compiler.Diagnostics;

namespace TinT.Compiler.Specs.Syntax;

/// <summary>
/// Turns character offsets into lines and columns as editors count them: lines end with <c>\n</c>, <c>\r\n</c> or <c>\r</c>,
/// a tab is one column, a byte order mark none.
/// </summary>
internal sealed class LineMap
{
    private readonly List<int> starts = [];
    private readonly int length;

    public LineMap(string text)
    {
        length = text.Length;
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
        offset = Math.Min(Math.Max(offset, starts[0]), Math.Max(length, starts[0]));
        int index = starts.BinarySearch(offset);
        int line = index >= 0 ? index : ~index - 1;
        return new SourcePosition(offset, line + 1, offset - starts[line] + 1);
    }

    /// <summary>The stretch of two offsets.</summary>
    public SourceSpan Span(int start, int end) => new(Position(start), Position(Math.Max(start, end)));
}
