using System.Text.RegularExpressions;
using TinT.Compiler.Diagnostics;

namespace TinT.Compiler.Specs.Syntax;

/// <summary>Reports what the YAML parser stumbled over, and recognises the usual causes: tabs, and colons without a space.</summary>
internal sealed class SyntaxMistakes(string text, LineMap lines, DiagnosticBag diagnostics)
{
    private const int MessageLength = 200;

    private static readonly Regex TightColon = new(@"\A\s*(?<key>\w+):[^\s""']", RegexOptions.CultureInvariant);

    /// <summary>Reports the parser's own message.</summary>
    public void Report(string message, SourceSpan span)
    {
        int lastLine = message.Contains("tab") ? lines.Count : Math.Min(span.End.Line + 1, lines.Count);
        if (FindTabIndentation(span.Start.Line, lastLine) is { } tab)
        {
            diagnostics.Report(SyntaxDiagnostics.TabIndentation, tab);
            return;
        }

        string sentence = char.ToLowerInvariant(message[0]) + message.Substring(1).TrimEnd('.');
        Match tight = TightColon.Match(lines.Line(span.Start.Line));
        diagnostics.Report(
            SyntaxDiagnostics.InvalidYaml,
            span,
            PrintableText.Shorten(sentence, MessageLength),
            tight.Success
                ? $"Put a space after the colon of '{PrintableText.Shorten(tight.Groups["key"].Value)}:'."
                : "Mend this line or the one before it.");
    }

    /// <summary>Reports that what follows <paramref name="offset"/> on its line cannot be read.</summary>
    public void ReportAfter(int offset)
    {
        while (offset < text.Length && text[offset] is ' ' or '\t' or '\r' or '\n' or ':')
            offset++;
        int end = offset;
        while (end < text.Length && text[end] is not ('\r' or '\n'))
            end++;
        diagnostics.Report(
            SyntaxDiagnostics.InvalidYaml,
            lines.Span(offset, end),
            "malformed value",
            "Close its brackets and quotes; write no escapes, anchors or tags.");
    }

    /// <summary>The first tab in the white space that starts one of the lines, if there is one.</summary>
    private SourceSpan? FindTabIndentation(int firstLine, int lastLine)
    {
        for (int line = firstLine; line <= lastLine; line++)
        {
            string content = lines.Line(line);
            int tab = content.IndexOf('\t');
            if (tab < 0 || !string.IsNullOrWhiteSpace(content.Substring(0, tab)))
                continue;
            int offset = lines.StartOf(line) + tab;
            return lines.Span(offset, offset + 1);
        }

        return null;
    }
}
