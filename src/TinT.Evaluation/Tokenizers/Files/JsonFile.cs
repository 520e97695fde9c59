using System.Text;
using System.Text.Json;
using TinT.Runtime.Checkpoints;

namespace TinT.Evaluation.Tokenizers.Files;

/// <summary>A JSON file that is open for reading.</summary>
internal sealed class JsonFile : IDisposable
{
    private readonly JsonDocument document;

    private JsonFile(string path, JsonDocument document)
    {
        this.document = document;
        Root = new JsonPlace(path, "$", document.RootElement);
    }

    /// <summary>The object that the file holds; not to be used after the file is closed.</summary>
    public JsonPlace Root { get; }

    /// <summary>Opens a file that holds one object.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="TokenizerFormatException">It is missing, unreadable or no such object.</exception>
    public static JsonFile Open(string path)
    {
        JsonFile file = new(path, Parse(path));
        if (file.document.RootElement.ValueKind == JsonValueKind.Object)
            return file;
        file.Dispose();
        throw new TokenizerFormatException(path, null, "must be one JSON object.");
    }

    /// <summary>Opens a file if it is there.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="TokenizerFormatException">It is unreadable or not one JSON object.</exception>
    public static JsonFile? OpenIfThere(string path) => File.Exists(path) ? Open(path) : null;

    /// <inheritdoc/>
    public void Dispose() => document.Dispose();

    private static JsonDocument Parse(string path)
    {
        ReadOnlyMemory<byte> bytes = TokenizerFile.Read(path);
        try
        {
            return HuggingFaceJson.Parse(bytes.Span);
        }
        catch (JsonException exception)
        {
            throw new TokenizerFormatException(
                path, (int)(exception.LineNumber ?? 0) + 1, $"is not valid JSON at byte {exception.BytePositionInLine} of the line.", exception);
        }
        catch (DecoderFallbackException exception)
        {
            throw new TokenizerFormatException(path, null, "a text has invalid UTF-8 or a \\u escape of half a surrogate pair.", exception);
        }
    }
}
