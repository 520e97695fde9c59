using System.Text;
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
        JsonDocument document = OpenAny(path);
        if (document.RootElement.ValueKind == JsonValueKind.Object)
            return document;
        document.Dispose();
        throw new CheckpointFormatException($"{path}: this is not a JSON object; download the file again.");
    }

    /// <summary>Parses the bytes of a file; every text of the document can then be read.</summary>
    /// <exception cref="JsonException">This is no JSON.</exception>
    /// <exception cref="DecoderFallbackException">A text is not valid Unicode.</exception>
    public static JsonDocument Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        byte[] json = PythonNumbers.Rewrite(bytes);
        CheckTexts(json);
        return JsonDocument.Parse(json);
    }

    private static JsonDocument OpenAny(string path)
    {
        byte[] bytes = CheckpointFiles.ReadJson(path);
        try
        {
            return Parse(bytes);
        }
        catch (JsonException exception)
        {
            throw new CheckpointFormatException($"{path}: this is not valid JSON ({CheckpointText.Complaint(exception)}); download the file again.", exception);
        }
        catch (DecoderFallbackException exception)
        {
            throw new CheckpointFormatException($"{path}: a text in this file is not valid Unicode; download the file again.", exception);
        }
    }

    /// <summary>The parser leaves texts undecoded, so that one which is no Unicode would otherwise surface wherever it is read.</summary>
    private static void CheckTexts(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
            throw new DecoderFallbackException("There are bytes that are not UTF-8.");

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
            throw new DecoderFallbackException("A text has half a surrogate pair.", exception);
        }
    }
}
