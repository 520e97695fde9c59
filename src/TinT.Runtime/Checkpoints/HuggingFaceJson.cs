using System.Text.Json;
using System.Text.Unicode;

namespace TinT.Runtime.Checkpoints;

/// <summary>Opens the JSON files that lie beside Hugging Face weights.</summary>
internal static class HuggingFaceJson
{
    /// <summary>Parses a file that holds one JSON object without repeated keys.</summary>
    /// <exception cref="CheckpointFormatException">The file cannot be read or is no such object.</exception>
    public static JsonDocument Open(string path)
    {
        byte[] bytes = CheckpointFiles.ReadJson(path);
        JsonDocument document = Parse(path, bytes);
        if (document.RootElement.ValueKind == JsonValueKind.Object)
            return document;
        document.Dispose();
        throw new CheckpointFormatException($"{path}: this is not a JSON object; download the file again.");
    }

    /// <summary>The text of a JSON string.</summary>
    /// <exception cref="CheckpointFormatException">It is not valid Unicode.</exception>
    public static string GetText(string path, JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw NotUnicode(path, exception);
        }
    }

    private static JsonDocument Parse(string path, byte[] bytes)
    {
        // The parser leaves texts undecoded, so this would otherwise surface wherever one is read.
        if (!Utf8.IsValid(bytes))
            throw NotUnicode(path, null);

        try
        {
            return JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException exception)
        {
            throw new CheckpointFormatException($"{path}: this is not valid JSON ({CheckpointText.Complaint(exception)}); download the file again.", exception);
        }
        catch (InvalidOperationException exception)
        {
            // Looking for repeated keys decodes their escapes.
            throw NotUnicode(path, exception);
        }
    }

    private static CheckpointFormatException NotUnicode(string path, InvalidOperationException? exception) =>
        new($"{path}: a text in this file is not valid Unicode; download the file again.", exception);
}
