using System.Text;

namespace TinT.Compiler.Diagnostics;

/// <summary>Writes diagnostics as compilers do, so that terminals and build logs make the place clickable.</summary>
public static class DiagnosticText
{
    private const int WindowLength = 100;
    private const int WindowLead = 40;

    /// <summary>One line: <c>path(line,column): error TINTnnnn: message</c>.</summary>
    /// <param name="path">Path of the spec, as it is to be shown.</param>
    /// <param name="diagnostic">The diagnostic.</param>
    public static string Headline(string path, SpecDiagnostic diagnostic) =>
        $"{path}({diagnostic.Span.Start}): error {diagnostic.Id}: {diagnostic.Message}";

    /// <summary>
    /// The headline, the line of the spec and a caret under each character meant; lines are joined by <c>\n</c>. Of a long line only
    /// the surroundings are shown, and characters that would upset a terminal are replaced.
    /// </summary>
    /// <param name="path">Path of the spec, as it is to be shown.</param>
    /// <param name="text">The text of the spec.</param>
    /// <param name="diagnostic">The diagnostic.</param>
    public static string WithExcerpt(string path, string text, SpecDiagnostic diagnostic)
    {
        SourcePosition start = diagnostic.Span.Start;
        string line = new LineMap(text).Line(start.Line);
        int first = line.Length <= WindowLength ? 0 : Math.Max(0, start.Column - 1 - WindowLead);
        int last = Math.Min(line.Length, first + WindowLength);
        if (first > 0 && char.IsLowSurrogate(line[first]))
            first++;
        if (last < line.Length && char.IsLowSurrogate(line[last]))
            last--;
        string before = first > 0 ? "…" : string.Empty;
        string after = last < line.Length ? "…" : string.Empty;

        bool endsHere = diagnostic.Span.End.Line == start.Line;
        int lengthOnLine = (endsHere ? diagnostic.Span.End.Column : line.Length + 1) - start.Column;
        int carets = Math.Max(1, Math.Min(lengthOnLine, last - (start.Column - 1)));

        string number = $"{start.Line,5}";
        string blank = new(' ', number.Length);
        string indent = new(' ', before.Length + start.Column - 1 - first);
        return $"""
            {Headline(path, diagnostic)}
            {number} | {before}{Printable(line, first, last)}{after}
            {blank} | {indent}{new string('^', carets)}
            """.Replace("\r\n", "\n");
    }

    private static string Printable(string line, int first, int last)
    {
        var printable = new StringBuilder();
        for (int i = first; i < last; i++)
            printable.Append(line[i] == '\t' ? ' ' : PrintableText.IsPrintable(line, i) ? line[i] : '\uFFFD');
        return printable.ToString();
    }
}
