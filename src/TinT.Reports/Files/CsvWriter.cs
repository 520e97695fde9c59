using System.Buffers;
using System.Globalization;
using System.Text;

namespace TinT.Reports.Files;

/// <summary>Writes comma-separated values by RFC 4180: CRLF after every record, quotes where a field needs them.</summary>
internal sealed class CsvWriter
{
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n");

    private readonly StringBuilder text = new();

    /// <summary>Appends a record. Numbers are written invariantly and to full precision, truth values as true and false, and what is null or not finite as an empty field.</summary>
    public void WriteRecord(params ReadOnlySpan<object?> fields)
    {
        for (int i = 0; i < fields.Length; i++)
        {
            if (i > 0)
                text.Append(',');
            string field = Format(fields[i]);
            if (field.AsSpan().ContainsAny(NeedQuotes))
                text.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            else
                text.Append(field);
        }

        text.Append("\r\n");
    }

    /// <summary>The records so far.</summary>
    public override string ToString() => text.ToString();

    private static string Format(object? value) => value switch
    {
        null => "",
        double number when !double.IsFinite(number) => "",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
