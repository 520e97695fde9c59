using System.Text.Json;

namespace TinT.Evaluation.InContext.Data;

/// <summary>One JSON object in each line: an integer <c>label</c>, and a text under <c>sentence</c>, <c>text</c> or <c>content</c>.</summary>
internal sealed class JsonLinesFormat : DataSetFormat
{
    private static readonly string[] texts = ["sentence", "text", "content"];

    /// <inheritdoc/>
    public override string Extension => ".jsonl";

    /// <inheritdoc/>
    public override IEnumerable<LabelledText> Read(string path, string content, int classCount)
    {
        int number = 0;
        foreach (string line in content.Split('\n'))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                yield return Row(path, number, line, classCount);
        }
    }

    private static LabelledText Row(string path, int number, string line, int classCount)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement row = json.RootElement;
            if (row.ValueKind != JsonValueKind.Object)
                throw new DataSetException(path, number, "is no JSON object.");
            string? name = texts.FirstOrDefault(name => row.TryGetProperty(name, out _));
            if (name is null || row.GetProperty(name) is not { ValueKind: JsonValueKind.String } text)
                throw new DataSetException(path, number, $"has no text under {string.Join(", ", texts)}.");
            if (!row.TryGetProperty("label", out JsonElement label) || label.ValueKind != JsonValueKind.Number || !label.TryGetInt64(out long index))
                throw new DataSetException(path, number, "has no whole number under 'label'; give the index of the class.");
            return new LabelledText(text.GetString()!, Checked(path, number, index, classCount));
        }
        catch (JsonException exception)
        {
            throw new DataSetException(
                path, number, FormattableString.Invariant($"is not valid JSON at byte {exception.BytePositionInLine}; each line is one object."), exception);
        }
    }
}
