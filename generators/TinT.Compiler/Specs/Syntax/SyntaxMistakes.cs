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
        if (FindTabIndentation(span) is { } tab)
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
            SyntaxDiagnostics.InvalidYaml, lines.Span(offset, end), "malformed anchor, tag or escape", "Write the value plainly.");
    }

    /// <summary>A tab in the white space that starts a line of <paramref name="span"/> or the line after it, if there is one.</summary>
    private SourceSpan? FindTabIndentation(SourceSpan span)
    {
        for (int line = span.Start.Line; line <= span.End.Line + 1; line++)
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
