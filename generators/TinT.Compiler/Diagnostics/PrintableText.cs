using System.Globalization;
using System.Text;

namespace TinT.Compiler.Diagnostics;

/// <summary>Makes text from a file safe to print: short, on one line, without control characters.</summary>
internal static class PrintableText
{
    private const int QuoteLimit = 40;

    /// <summary>The text in single quotes, escaped and cut after 40 characters.</summary>
    public static string Quote(string text) => $"'{Shorten(text)}'";

    /// <summary>The text escaped and cut after <paramref name="limit"/> characters.</summary>
    public static string Shorten(string text, int limit = QuoteLimit)
    {
        var shortened = new StringBuilder();
        int length = Math.Min(text.Length, limit);
        if (length < text.Length && char.IsHighSurrogate(text[length - 1]))
            length--;
        for (int i = 0; i < length; i++)
        {
            if (IsPrintable(text, i))
                shortened.Append(text[i]);
            else
                shortened.Append(Escape(text[i]));
        }

        return text.Length > length ? shortened.Append('…').ToString() : shortened.ToString();
    }

    /// <summary>A UTF-16 code unit as <c>\uXXXX</c>.</summary>
    public static string Escape(char unit) => "\\u" + ((int)unit).ToString("X4", CultureInfo.InvariantCulture);

    /// <summary>Whether the character at <paramref name="index"/> changes neither the line nor the direction of what is printed.</summary>
    public static bool IsPrintable(string text, int index)
    {
        if (char.IsSurrogate(text[index]))
        {
            return char.IsHighSurrogate(text[index])
                ? index + 1 < text.Length && char.IsLowSurrogate(text[index + 1])
                : index > 0 && char.IsHighSurrogate(text[index - 1]);
        }

        return CharUnicodeInfo.GetUnicodeCategory(text[index]) is not (
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);
    }
}
