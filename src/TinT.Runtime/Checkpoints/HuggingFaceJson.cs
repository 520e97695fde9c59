using System.Text.Json;
using System.Text.Unicode;

namespace TinT.Runtime.Checkpoints;

/// <summary>
/// Opens the JSON files that lie beside Hugging Face weights, and reads what Python's <c>json</c> reads: <c>NaN</c> and infinities, and of a key
/// that is there twice the last. A byte order mark, which some editors put at the start, is skipped.
/// </summary>
internal static class HuggingFaceJson
{
    /// <summary>Parses a file that holds one JSON object.</summary>
    /// <exception cref="CheckpointFormatException">The file cannot be read or is no such object.</exception>
    public static JsonDocument Open(string path)
    {
        JsonDocument document = Parse(path, CheckpointFiles.ReadJson(path));
        if (document.RootElement.ValueKind == JsonValueKind.Object)
            return document;
        document.Dispose();
        throw new CheckpointFormatException($"{path}: this is not a JSON object; download the file again.");
    }

    private static JsonDocument Parse(string path, ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        byte[] json = PythonNumbers.Rewrite(bytes);
        try
        {
            CheckTexts(path, json);
            return JsonDocument.Parse(json);
        }
        catch (JsonException exception)
        {
            throw new CheckpointFormatException($"{path}: this is not valid JSON ({CheckpointText.Complaint(exception)}); download the file again.", exception);
        }
    }

    /// <summary>The parser leaves texts undecoded, so that one which is no Unicode would otherwise surface wherever it is read.</summary>
    private static void CheckTexts(string path, ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
            throw NotUnicode(path, null);

        try
        {
            Utf8JsonReader reader = new(json);
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String)
                    reader.GetString();
            }
        }
        catch (InvalidOperationException exception)
        {
            throw NotUnicode(path, exception);
        }
    }

    private static CheckpointFormatException NotUnicode(string path, InvalidOperationException? exception) =>
        new($"{path}: a text in this file is not valid Unicode; download the file again.", exception);
}
