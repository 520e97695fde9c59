using System.Text.Json;

namespace TinT.Evaluation.InContext.Data;

/// <summary>A JSON object as a row: a text and the index of its class under one of the <see cref="ColumnNames"/>.</summary>
internal static class JsonRow
{
    /// <summary>Reads a row.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="line">Its line, or <see langword="null"/> if <paramref name="place"/> tells where it is.</param>
    /// <param name="place">What stands before a problem, such as <c>row 3</c> and a space.</param>
    /// <param name="row">The object.</param>
    /// <param name="classCount">Classes of the task.</param>
    /// <exception cref="DataSetException">It is no such object, or the task has no such class.</exception>
    public static LabelledText Read(string path, long? line, string place, JsonElement row, int classCount)
    {
        if (row.ValueKind != JsonValueKind.Object)
            throw new DataSetException(path, line, $"{place}is no JSON object.");
        if (Find(row, ColumnNames.Texts) is not { ValueKind: JsonValueKind.String } text)
            throw new DataSetException(path, line, $"{place}has no text under {string.Join(", ", ColumnNames.Texts)}.");
        if (Find(row, ColumnNames.Labels) is not { ValueKind: JsonValueKind.Number } label || !label.TryGetInt64(out long index))
            throw new DataSetException(path, line, $"{place}has no whole number under '{ColumnNames.Labels[0]}'; give the index of the class.");
        if (index < 0 || index >= classCount)
            throw new DataSetException(path, line, FormattableString.Invariant($"{place}label {index} is none of the classes 0 to {classCount - 1} of the task."));
        return new LabelledText(text.GetString()!, (int)index);
    }

    private static JsonElement? Find(JsonElement row, IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            if (row.TryGetProperty(name, out JsonElement value))
                return value;
        }

        return null;
    }
}
