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
        JsonSerializer.Serialize(stream, report, FormatOf<T>(contract));
        stream.WriteByte((byte)'\n');
    }

    /// <summary>The fields of a record that are single values, in order, for reports of the same columns.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="contract">What the serializer knows of the record at compile time.</param>
    internal static IReadOnlyList<JsonPropertyInfo> SingleValuesOf<T>(JsonSerializerContext contract) =>
        [.. FormatOf<T>(contract).Properties.Where(field => field.PropertyType.IsValueType || field.PropertyType == typeof(string))];

    private static JsonTypeInfo<T> FormatOf<T>(JsonSerializerContext contract) => (JsonTypeInfo<T>)new JsonSerializerOptions
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        // Written to files, never into HTML: names in any script stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new FiniteNumber() },
        TypeInfoResolver = contract,
    }.GetTypeInfo(typeof(T));

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
