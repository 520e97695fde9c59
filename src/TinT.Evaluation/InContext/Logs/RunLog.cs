using System.Text;
using System.Text.Json;
using TinT.Evaluation.InContext.Protocol;

namespace TinT.Evaluation.InContext.Logs;

/// <summary>Finished runs in a file of JSON lines, appended and flushed one by one, so that an evaluation that was ended goes on where it stopped.</summary>
/// <remarks>
/// The first line names all that determines the numbers. A log of other inputs is refused; a last line that was torn when the process ended is taken away.
/// </remarks>
public sealed class RunLog : IRunLog, IDisposable
{
    private const string Schema = "tint.icl-log/1";

    private readonly Dictionary<RunKey, InContextRun> finished = [];
    private readonly FileStream stream;

    private RunLog(FileStream stream) => this.stream = stream;

    /// <summary>Runs that were in the file when it was opened, and since.</summary>
    public int Count => finished.Count;

    /// <summary>Opens a log, or begins one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="inputs">What determines the numbers, by name.</param>
    /// <exception cref="RunLogException">The file cannot be read or written, is no log, or is one of other inputs.</exception>
    public static RunLog Open(string path, IReadOnlyDictionary<string, string> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        try
        {
            // Others may read it, but two evaluations never append to one log.
            FileStream stream = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            try
            {
                RunLog log = new(stream);
                log.Read(path, inputs);
                return log;
            }
            catch
            {
                stream.Dispose();
                throw;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunLogException(path, $"cannot be opened: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public InContextRun? Find(RunKey key) => finished.GetValueOrDefault(key);

    /// <inheritdoc/>
    /// <exception cref="RunLogException">The file cannot be written.</exception>
    public void Add(InContextRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        Write(JsonSerializer.SerializeToUtf8Bytes(RunLine.Of(run), LogContract.Default.RunLine));
        finished.Add(run.Key, run);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => stream.Dispose();

    private void Read(string path, IReadOnlyDictionary<string, string> inputs)
    {
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        int end = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        string[] lines = Encoding.UTF8.GetString(bytes, 0, end).Split('\n')[..^1];
        if (lines.Length == 0)
        {
            if (bytes.Length > 0 && bytes[0] != '{')
                throw new RunLogException(path, "is no log of runs; name another file.");
            stream.SetLength(0);
            Write(JsonSerializer.SerializeToUtf8Bytes(new HeaderLine(Schema, inputs), LogContract.Default.HeaderLine));
            return;
        }

        CheckHeader(path, lines[0], inputs);
        for (int line = 1; line < lines.Length; line++)
        {
            InContextRun run = Parsed(path, line + 1, lines[line]);
            finished[run.Key] = run;
        }

        stream.SetLength(end);
    }

    private static void CheckHeader(string path, string line, IReadOnlyDictionary<string, string> inputs)
    {
        HeaderLine? header;
        try
        {
            header = JsonSerializer.Deserialize(line, LogContract.Default.HeaderLine);
        }
        catch (JsonException exception)
        {
            throw new RunLogException(path, "is no log of runs; name another file.", exception);
        }

        if (header?.Schema != Schema || header.Inputs is null)
            throw new RunLogException(path, $"is no log of runs of the schema {Schema}; name another file.");
        string[] other = [.. inputs.Keys.Union(header.Inputs.Keys).Where(name => inputs.GetValueOrDefault(name) != header.Inputs.GetValueOrDefault(name)).Order(
            StringComparer.Ordinal)];
        if (other.Length == 0)
            return;
        string differences = string.Join(
            "; ", other.Select(name => $"{name} is {inputs.GetValueOrDefault(name, "absent")}, there {header.Inputs.GetValueOrDefault(name, "absent")}"));
        throw new RunLogException(path, $"belongs to another evaluation: {differences}. Name another file, or evaluate as there.");
    }

    private static InContextRun Parsed(string path, int line, string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, LogContract.Default.RunLine)?.ToRun() ?? throw new JsonException("null");
        }
        catch (JsonException exception)
        {
            throw new RunLogException(path, FormattableString.Invariant($"line {line} is no finished run; take it away or name another file."), exception);
        }
    }

    private void Write(byte[] line)
    {
        try
        {
            stream.Seek(0, SeekOrigin.End);
            stream.Write([.. line, (byte)'\n']);
            stream.Flush(flushToDisk: true);
        }
        catch (IOException exception)
        {
            throw new RunLogException(stream.Name, $"cannot be written: {exception.Message}", exception);
        }
    }
}
