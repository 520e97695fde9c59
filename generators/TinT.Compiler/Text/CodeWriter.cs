using System.Text;
using TinT.Compiler.Diagnostics;

namespace TinT.Compiler.Text;

/// <summary>Indented C# text with LF line ends.</summary>
/// <remarks>
/// Everything passes through <see cref="Line"/>, where a character that ends a line of C# without being a line end of the text is escaped, so
/// that no name from outside can end a comment. What comes from outside at all, the spec's file name, is escaped by <see cref="PrintableText"/>.
/// </remarks>
internal sealed class CodeWriter
{
    /// <summary>What ends a line of C# besides LF.</summary>
    private static readonly char[] LineEnds = ['\r', '\u0085', '\u2028', '\u2029'];

    private readonly StringBuilder text = new();
    private int depth;

    /// <summary>Writes lines at the current depth; an empty line stays empty.</summary>
    public CodeWriter Line(string lines = "")
    {
        lines = lines.Replace("\r\n", "\n");
        foreach (char end in LineEnds)
            lines = lines.Replace(end.ToString(), PrintableText.Escape(end));
        foreach (string line in lines.Split('\n'))
        {
            if (line.Length > 0)
                text.Append(' ', depth * 4).Append(line);
            text.Append('\n');
        }

        return this;
    }

    /// <summary>Writes a head, then a braced block one level deeper.</summary>
    public CodeWriter Block(string head, Action body)
    {
        Line(head);
        Line("{");
        Indented(body);
        return Line("}");
    }

    /// <summary>Writes one level deeper.</summary>
    public CodeWriter Indented(Action body)
    {
        depth++;
        body();
        depth--;
        return this;
    }

    /// <summary>Writes items with an empty line between them.</summary>
    public CodeWriter Separated<T>(IEnumerable<T> items, Action<T> write)
    {
        bool first = true;
        foreach (T item in items)
        {
            if (!first)
                Line();
            first = false;
            write(item);
        }

        return this;
    }

    /// <summary>Writes an XML documentation element on one line, or on several if the text has several.</summary>
    public CodeWriter Doc(string element, string content, string attributes = "")
    {
        string escaped = content.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
        string open = $"<{element}{attributes}>";
        return escaped.Contains('\n')
            ? Line($"/// {open}\n/// {escaped.Replace("\n", "\n/// ")}\n/// </{element}>")
            : Line($"/// {open}{escaped}</{element}>");
    }

    /// <inheritdoc/>
    public override string ToString() => text.ToString();
}
