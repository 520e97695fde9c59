using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TinT.Reports.Json;

/// <summary>
/// What the JSON of all reports has in common: one indented object in UTF-8, a record, with a newline at the end. Fields have the names of the record's
/// properties in snake_case and their order; the first names the schema. Numbers that are not finite, which JSON cannot write, are null.
/// </summary>
public static class ReportJson
{
    /// <summary>Writes to a stream.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="stream">Where to.</param>
    /// <param name="report">The report.</param>
    /// <param name="contract">What the serializer knows of the record at compile time.</param>
    public static void Write<T>(Stream stream, T report, JsonSerializerContext contract)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(contract);
        JsonSerializerOptions options = new()
        {
            WriteIndented = true,
            NewLine = "\n",
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            // Written to files, never into HTML: names in any script stay readable.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new FiniteNumber() },
            TypeInfoResolver = contract,
        };
        JsonSerializer.Serialize(stream, report, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
        stream.WriteByte((byte)'\n');
    }

    private sealed class FiniteNumber : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
                writer.WriteNumberValue(value);
            else
                writer.WriteNullValue();
        }
    }
}
