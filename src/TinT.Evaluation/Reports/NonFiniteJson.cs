using System.Text.Json;
using TinT.Runtime.Simulation;

namespace TinT.Evaluation.Reports;

/// <summary>Values that are not finite, as JSON, which has no numbers for them.</summary>
public static class NonFiniteJson
{
    /// <summary>Writes an array of objects with the fields <c>sequence</c>, <c>pass</c>, <c>what</c>, <c>token</c>, <c>index</c> and <c>value</c>, a text.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="name">Name of the array.</param>
    /// <param name="values">The values.</param>
    public static void WriteNonFinite(this Utf8JsonWriter writer, string name, IEnumerable<NonFiniteValue> values)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(values);
        writer.WriteStartArray(name);
        foreach (NonFiniteValue value in values)
        {
            writer.WriteStartObject();
            WriteFields(writer, value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes the fields of one value.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="value">The value.</param>
    public static void WriteFields(Utf8JsonWriter writer, NonFiniteValue value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteNumber("sequence", value.Sequence);
        writer.WriteString("pass", value.Pass);
        writer.WriteString("what", value.What);
        writer.WriteNumberOrNull("token", value.Token);
        writer.WriteNumber("index", value.Index);
        writer.WriteString("value", value.ValueText);
    }
}
