using System.Globalization;
using System.Text.RegularExpressions;

namespace TinT.Compiler.Specs.Fields;

/// <summary>Reads numbers as YAML writes them, in the invariant culture, without rounding or wrapping whole numbers.</summary>
internal static class NumberText
{
    private static readonly Regex Integer = new(@"\A[+-]?(0|[1-9][0-9]*)\z", RegexOptions.CultureInvariant);

    private static readonly Regex Number = new(
        @"\A[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant);

    /// <summary>Whether the text is a whole number of any size.</summary>
    public static bool IsInteger(string text) => Integer.IsMatch(text);

    /// <summary>Reads a whole number; one that does not fit 64 bits saturates.</summary>
    public static long ParseInteger(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
            return value;
        return text[0] == '-' ? long.MinValue : long.MaxValue;
    }

    /// <summary>Reads a decimal number; one too large for a double gives an infinity.</summary>
    public static bool TryParseNumber(string text, out double value)
    {
        value = 0;
        if (!Number.IsMatch(text))
            return false;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
            value = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        return true;
    }

    /// <summary>The whole number that a text like <c>1_024</c>, <c>1,024</c>, <c>768.0</c>, <c>1e3</c> or <c>007</c> means, if any.</summary>
    public static long? GuessInteger(string text)
    {
        string digits = text.Replace("_", string.Empty).Replace(",", string.Empty).Replace(" ", string.Empty);
        bool isWhole = digits.Length > 0 && TryParseNumber(digits, out double value) && Math.Floor(value) == value && Math.Abs(value) <= int.MaxValue;
        return isWhole ? (long)double.Parse(digits, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>A number as a user would write it.</summary>
    public static string Write(double value) => value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');

    /// <summary>A number as a user would write it.</summary>
    public static string Write(long value) => value.ToString(CultureInfo.InvariantCulture);
}
