using System.Text;

namespace TinT.Evaluation.InContext.Data;

/// <summary>
/// Comma-separated values (RFC 4180) with a header that names a text and a class (<see cref="ColumnNames"/>), or without header: <c>label,text</c>, or AG's three
/// columns <c>class,title,description</c> with classes from 1, whose text is title, space and description.
/// </summary>
internal sealed class CsvFormat : DataSetFormat
{
    /// <inheritdoc/>
    public override string Extension => ".csv";

    /// <inheritdoc/>
    public override IEnumerable<LabelledText> Read(string path, string content, int classCount)
    {
        (int Text, int Label)? places = null;
        int columns = 0;
        foreach ((int line, List<string> fields) in Records(path, content))
        {
            if (line == 1 && ColumnNames.PlacesIn(fields) is { Text: >= 0, Label: >= 0 } header)
            {
                (places, columns) = (header, fields.Count);
                continue;
            }

            if (places is { } place)
            {
                yield return fields.Count == columns
                    ? new LabelledText(fields[place.Text], Parsed(path, line, fields[place.Label], classCount))
                    : throw new DataSetException(
                        path, line, FormattableString.Invariant($"has {fields.Count} fields where the header has {columns}. Quote fields that have commas."));
                continue;
            }

            yield return fields.Count switch
            {
                2 => new LabelledText(fields[1], Parsed(path, line, fields[0], classCount)),
                3 => new LabelledText(fields[1] + " " + fields[2], Parsed(path, line, fields[0], classCount, first: 1)),
                _ => throw new DataSetException(
                    path, line, FormattableString.Invariant(
                        $"has {fields.Count} fields; give 'label,text', or 'class,title,description' with classes from 1. Quote fields that have commas.")),
            };
        }
    }

    private static IEnumerable<(int Line, List<string> Fields)> Records(string path, string content)
    {
        int place = 0;
        int line = 1;
        while (place < content.Length)
        {
            int first = line;
            List<string> fields = [];
            bool more;
            do
            {
                fields.Add(Field(path, content, ref place, ref line));
                more = place < content.Length && content[place] == ',';
                if (more)
                    place++;
            }
            while (more);
            if (place < content.Length && content[place] == '\r')
                place++;
            if (place < content.Length && content[place] == '\n')
                place++;
            line++;
            if (fields is not [""])
                yield return (first, fields);
        }
    }

    private static string Field(string path, string content, ref int place, ref int line)
    {
        if (place >= content.Length || content[place] != '"')
        {
            int end = content.AsSpan(place).IndexOfAny(',', '\r', '\n') is >= 0 and int length ? place + length : content.Length;
            string plain = content[place..end];
            place = end;
            return plain;
        }

        int first = line;
        StringBuilder text = new();
        place++;
        while (true)
        {
            int quote = content.IndexOf('"', place);
            if (quote < 0)
                throw new DataSetException(path, first, "a quoted field that starts here does not end.");
            text.Append(content, place, quote - place);
            line += content.AsSpan(place, quote - place).Count('\n');
            place = quote + 1;
            if (place >= content.Length || content[place] != '"')
                break;
            text.Append('"');
            place++;
        }

        return place >= content.Length || content[place] is ',' or '\r' or '\n'
            ? text.ToString()
            : throw new DataSetException(path, line, "has text behind a quoted field; double the quotes inside it.");
    }
}
