using System.Text.Json;

namespace TinT.Evaluation.Logs;

/// <summary>Reads the whole lines of a log.</summary>
internal static class RunLines
{
    /// <summary>Reads them.</summary>
    /// <param name="path">The file as messages name it.</param>
    /// <param name="file">The file.</param>
    /// <param name="format">How runs stand in it.</param>
    /// <param name="inputs">What determines the numbers, by name.</param>
    /// <param name="from">What was read before, to read on behind it.</param>
    /// <returns>The runs, and how far was read: up to the end of the last whole line.</returns>
    /// <exception cref="RunLogException">The file is no log, or is one of other inputs.</exception>
    public static (IReadOnlyList<TRun> Runs, LogPlace End) Read<TKey, TRun>(
        string path, FileStream file, RunLogFormat<TKey, TRun> format, IReadOnlyDictionary<string, string> inputs, LogPlace from = default)
        where TKey : notnull
        where TRun : class
    {
        file.Seek(from.Bytes, SeekOrigin.Begin);
        byte[] bytes = new byte[Math.Max(0, file.Length - from.Bytes)];
        file.ReadExactly(bytes);
        List<TRun> runs = [];
        int start = 0;
        int number = from.Lines;
        while (bytes.AsSpan(start).IndexOf((byte)'\n') is >= 0 and int length)
        {
            ReadOnlySpan<byte> line = bytes.AsSpan(start, length);
            number++;
            if (number == 1)
                CheckHeader(path, line, format.Schema, inputs);
            else
                runs.Add(ReadRun(path, number, line, format));
            start += length + 1;
        }

        if (number == 0 && bytes.Length > 0 && bytes[0] != '{')
            throw new RunLogException(path, "is no log of runs; name another file.");
        return (runs, new LogPlace(from.Bytes + start, number));
    }

    /// <summary>Makes sure that a file belongs to inputs.</summary>
    /// <param name="path">The file.</param>
    /// <param name="line">Its first line.</param>
    /// <param name="schema">Its format.</param>
    /// <param name="inputs">What determines the numbers, by name.</param>
    /// <exception cref="RunLogException">It is something else, or belongs to other inputs.</exception>
    public static void CheckHeader(string path, ReadOnlySpan<byte> line, string schema, IReadOnlyDictionary<string, string> inputs)
    {
        HeaderLine? header;
        try
        {
            header = JsonSerializer.Deserialize(line, HeaderContract.Default.HeaderLine);
        }
        catch (JsonException exception)
        {
            throw new RunLogException(path, "is no log of runs; name another file.", exception);
        }

        if (header?.Schema != schema || header.Inputs is null)
            throw new RunLogException(path, $"is no log of runs of the schema {schema}; name another file.");
        string[] other = [.. inputs.Keys.Union(header.Inputs.Keys).Where(name => inputs.GetValueOrDefault(name) != header.Inputs.GetValueOrDefault(name)).Order(
            StringComparer.Ordinal)];
        if (other.Length == 0)
            return;
        string differences = string.Join(
            "; ", other.Select(name => $"{name} is {inputs.GetValueOrDefault(name, "absent")}, there {header.Inputs.GetValueOrDefault(name, "absent")}"));
        throw new RunLogException(path, $"belongs to another evaluation: {differences}. Name another file, or evaluate as there.");
    }

    private static TRun ReadRun<TKey, TRun>(string path, int number, ReadOnlySpan<byte> line, RunLogFormat<TKey, TRun> format)
        where TKey : notnull
        where TRun : class
    {
        try
        {
            return format.Read(line);
        }
        catch (JsonException exception)
        {
            throw new RunLogException(path, FormattableString.Invariant($"line {number} is no finished run; take it away or name another file."), exception);
        }
    }
}
