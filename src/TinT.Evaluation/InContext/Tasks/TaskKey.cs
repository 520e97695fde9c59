using System.Text.Json;

namespace TinT.Evaluation.InContext.Tasks;

/// <summary>A key of task files.</summary>
/// <param name="Name">The key.</param>
/// <param name="IsRequired">Whether every task has it.</param>
/// <param name="Description">What it says.</param>
/// <param name="Pattern">What its text, or each of its texts, matches; <see langword="null"/> for any.</param>
internal sealed record TaskKey(string Name, bool IsRequired, string Description, string? Pattern = null)
{
    /// <summary>Fewest labels of a task.</summary>
    private const int FewestTexts = 2;

    /// <summary>Whether it has several texts, at least two and each once.</summary>
    public bool IsList { get; init; }

    /// <summary>Writes its property of the schema.</summary>
    /// <param name="writer">Where to.</param>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject(Name);
        writer.WriteString("description", Description);
        if (IsList)
        {
            writer.WriteString("type", "array");
            writer.WriteNumber("minItems", FewestTexts);
            writer.WriteBoolean("uniqueItems", true);
            writer.WriteStartObject("items");
        }

        writer.WriteString("type", "string");
        if (Pattern is not null)
            writer.WriteString("pattern", Pattern);
        if (IsList)
            writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
