using System.Text.Json;

namespace TinT.Evaluation.InContext.Data;

/// <summary>One JSON object in each line: an integer <c>label</c> and a text under <c>sentence</c>, <c>text</c> or another of the <see cref="ColumnNames"/>.</summary>
internal sealed class JsonLinesFormat : DataSetFormat
{
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
            return JsonRow.Read(path, number, "", json.RootElement, classCount);
        }
        catch (JsonException exception)
        {
            throw new DataSetException(
                path, number, FormattableString.Invariant($"is not valid JSON at byte {exception.BytePositionInLine}; each line is one object."), exception);
        }
    }
}
