using System.Text.Encodings.Web;
using System.Text.Json;

namespace TinT.Evaluation.Reports;

/// <summary>What the JSON of all reports has in common: one indented object in UTF-8 that names its schema, with a newline at the end.</summary>
public static class ReportJson
{
    // Written to files, never into HTML: names in any script stay readable.
    private static readonly JsonWriterOptions options =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes to a stream.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="schema">Name and version of the schema.</param>
    /// <param name="writeFields">Writes the other fields.</param>
    public static void Write(Stream stream, string schema, Action<Utf8JsonWriter> writeFields)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(writeFields);
        using (Utf8JsonWriter writer = new(stream, options))
        {
            writer.WriteStartObject();
            writer.WriteString("schema", schema);
            writeFields(writer);
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    /// <summary>Writes a number; null if there is none or it is not finite, which JSON cannot write.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="name">Name of the field.</param>
    /// <param name="value">The number.</param>
    public static void WriteNumberOrNull(this Utf8JsonWriter writer, string name, double? value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value is { } number && double.IsFinite(number))
            writer.WriteNumber(name, number);
        else
            writer.WriteNull(name);
    }
}
