namespace TinT.Evaluation.InContext.Data;

/// <summary>Tab-separated values with a header that names a text and a class (<see cref="ColumnNames"/>), such as GLUE's <c>sentence</c>, tab, <c>label</c>.</summary>
internal sealed class TsvFormat : DataSetFormat
{
    /// <inheritdoc/>
    public override string Extension => ".tsv";

    /// <inheritdoc/>
    public override IEnumerable<LabelledText> Read(string path, string content, int classCount)
    {
        string[] lines = content.Split('\n');
        string[] header = lines[0].TrimEnd('\r').Split('\t');
        (int text, int label) = ColumnNames.PlacesIn(header);
        if (text < 0 || label < 0)
            throw new DataSetException(path, 1, "the header must name the columns 'sentence' (or 'text') and 'label', with a tab between them.");
        for (int index = 1; index < lines.Length; index++)
        {
            string line = lines[index].TrimEnd('\r');
            if (line.Length == 0)
                continue;
            string[] fields = line.Split('\t');
            if (fields.Length != header.Length)
                throw new DataSetException(path, index + 1, FormattableString.Invariant($"has {fields.Length} fields where the header has {header.Length}."));
            yield return new LabelledText(fields[text], Parsed(path, index + 1, fields[label], classCount));
        }
    }
}
