using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TinT.Evaluation.InContext.Tasks;

/// <summary>The JSON schema of task files, for editors that complete and check by it.</summary>
public static class TaskSchema
{
    private const string AnyText = @"[\s\S]*", TextPlace = @"\{text\}", LabelPlace = @"\{label\}";

    /// <summary>What a task file may have, in the order of its page.</summary>
    internal static IReadOnlyList<TaskKey> Keys { get; } =
    [
        new("name", IsRequired: true, "Name of the task, and of the folder with its data.", "^(?!\\.{1,2}$)[^/\\\\\\u0000]+$"),
        new(
            "template",
            IsRequired: true,
            "How a text becomes a prompt: {text} once, and {label} once, at the end. One space stands before {label} unless it begins a line.",
            $"^(?!{AnyText}{TextPlace}{AnyText}{TextPlace})(?!{AnyText}{LabelPlace}{AnyText}{LabelPlace}){AnyText}{TextPlace}{AnyText}{LabelPlace}$"),
        new(
            "premise",
            IsRequired: true,
            "What remains of the template without a text, {label} at the end: the prompt that calibrates scores.",
            $"^(?!{AnyText}{LabelPlace}{AnyText}{LabelPlace}){AnyText}{LabelPlace}$"),
        new("labels", IsRequired: true, "The words of the classes, in the order of their indices.", @"\S") { IsList = true },
        new("separator", IsRequired: false, "What stands between two examples. Default: two line feeds."),
    ];

    /// <summary>The schema, with a line feed at the end.</summary>
    public static string Text()
    {
        using MemoryStream stream = new();
        JsonWriterOptions options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (Utf8JsonWriter writer = new(stream, options))
        {
            writer.WriteStartObject();
            writer.WriteString("$schema", "http://json-schema.org/draft-07/schema#");
            writer.WriteString("title", "TinT classification task");
            writer.WriteString("description", "A task of 'tint eval icl --task-file': labelled texts, and the prompts that ask a language model for the label.");
            writer.WriteString("type", "object");
            writer.WriteBoolean("additionalProperties", false);
            writer.WriteStartArray("required");
            foreach (TaskKey key in Keys.Where(key => key.IsRequired))
                writer.WriteStringValue(key.Name);
            writer.WriteEndArray();
            writer.WriteStartObject("properties");
            writer.WriteStartObject("$schema");
            writer.WriteString("type", "string");
            writer.WriteEndObject();
            foreach (TaskKey key in Keys)
                key.Write(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
