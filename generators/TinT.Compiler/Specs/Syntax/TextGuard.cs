using System.Globalization;
using TinT.Compiler.Diagnostics;

namespace TinT.Compiler.Specs.Syntax;

/// <summary>Refuses text that is not to reach the YAML parser: too long, or with characters outside YAML's printable set.</summary>
internal static class TextGuard
{
    /// <summary>Most characters of a spec: 2²⁰.</summary>
    public const int MaximumLength = 1 << 20;

    /// <summary>Whether the text is short enough; if not, it is not looked at.</summary>
    public static bool CheckLength(string text, DiagnosticBag diagnostics)
    {
        if (text.Length <= MaximumLength)
            return true;
        var start = new SourcePosition(0, 1, 1);
        diagnostics.Report(
            SyntaxDiagnostics.TextTooLong,
            new SourceSpan(start, start),
            text.Length.ToString(CultureInfo.InvariantCulture),
            MaximumLength.ToString(CultureInfo.InvariantCulture));
        return false;
    }

    /// <summary>Whether every character is allowed; the first that is not is reported.</summary>
    public static bool CheckCharacters(string text, LineMap lines, DiagnosticBag diagnostics)
    {
        for (int i = LineMap.ByteOrderMarkLength(text); i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
                continue;
            }

            if (IsAllowed(text[i]))
                continue;
            diagnostics.Report(
                SyntaxDiagnostics.ForbiddenCharacter,
                lines.Span(i, i + 1),
                "U+" + ((int)text[i]).ToString("X4", CultureInfo.InvariantCulture));
            return false;
        }

        return true;
    }

    /// <summary>YAML 1.2's <c>c-printable</c> without surrogates and byte order marks.</summary>
    private static bool IsAllowed(char character) => character
        is '\t' or '\n' or '\r'
        or (>= ' ' and <= '~')
        or '\u0085'
        or (>= '\u00A0' and <= '\uD7FF')
        or (>= '\uE000' and <= '\uFFFD' and not '\uFEFF');
}
