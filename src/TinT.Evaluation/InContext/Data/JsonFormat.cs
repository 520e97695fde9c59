using System.Text.Json;

namespace TinT.Evaluation.InContext.Data;

/// <summary>A JSON array of objects, alone or under <c>data</c> or <c>rows</c>; or, as Hugging Face's <c>datasets</c> names JSON lines too, an object in each line.</summary>
internal sealed class JsonFormat : DataSetFormat
{
    private static readonly string[] arrays = ["data", "rows"];

    /// <inheritdoc/>
    public override string Extension => ".json";

    /// <inheritdoc/>
    public override IEnumerable<LabelledText> Read(string path, string content, int classCount)
    {
        JsonDocument? json = Parsed(content);
        if (json is null && content.TrimStart().StartsWith('{'))
            return new JsonLinesFormat().Read(path, content, classCount);
        using (json)
        {
            if (json is null)
                throw new DataSetException(path, null, "is not valid JSON; give an array of objects, or one object in each line.");
            JsonElement rows = json.RootElement;
            if (rows.ValueKind == JsonValueKind.Object)
            {
                string? name = arrays.FirstOrDefault(name => rows.TryGetProperty(name, out _));
                if (name is null)
                    return new JsonLinesFormat().Read(path, content.ReplaceLineEndings(" "), classCount);
                rows = rows.GetProperty(name);
            }

            return rows.ValueKind == JsonValueKind.Array
                ? [.. rows.EnumerateArray().Select((row, index) => JsonRow.Read(path, null, FormattableString.Invariant($"row {index} "), row, classCount))]
                : throw new DataSetException(path, null, "has no array of rows.");
        }
    }

    private static JsonDocument? Parsed(string content)
    {
        try
        {
            return JsonDocument.Parse(content);
        }
        catch (JsonException)
        {
            // Several objects, one in each line, are no JSON document.
            return null;
        }
    }
}
