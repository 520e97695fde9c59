using System.Text.Json;

namespace TinT.Evaluation.Logs;

/// <summary>Opens logs.</summary>
public static class RunLog
{
    /// <summary>Opens a log, or begins one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">How runs stand in it.</param>
    /// <param name="inputs">What determines the numbers, by name.</param>
    /// <typeparam name="TKey">What a run is.</typeparam>
    /// <typeparam name="TRun">What it found.</typeparam>
    /// <exception cref="RunLogException">The file cannot be read or written, is no log, or is one of other inputs.</exception>
    public static RunLog<TKey, TRun> Open<TKey, TRun>(string path, RunLogFormat<TKey, TRun> format, IReadOnlyDictionary<string, string> inputs)
        where TKey : notnull
        where TRun : class
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(inputs);
        try
        {
            // Others may read it, but two evaluations never append to one log.
            FileStream stream = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            try
            {
                RunLog<TKey, TRun> log = new(format, stream);
                log.Restore(path, inputs);
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

    /// <summary>Reads a log, which some other process may be writing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">How runs stand in it.</param>
    /// <param name="inputs">What determines the numbers, by name.</param>
    /// <typeparam name="TKey">What a run is.</typeparam>
    /// <typeparam name="TRun">What it found.</typeparam>
    /// <exception cref="RunLogException">The file cannot be read, is no log, or is one of other inputs.</exception>
    public static IReadOnlyList<TRun> Read<TKey, TRun>(string path, RunLogFormat<TKey, TRun> format, IReadOnlyDictionary<string, string> inputs)
        where TKey : notnull
        where TRun : class
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(inputs);
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return RunLines.Read(path, stream, format, inputs).Runs;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunLogException(path, $"cannot be read: {exception.Message}", exception);
        }
    }
}

/// <summary>Finished runs in a file of JSON lines, appended and flushed, so that an evaluation that was ended goes on where it stopped.</summary>
/// <remarks>
/// The first line names all that determines the numbers. A log of other inputs is refused; a last line that was torn when the process ended is taken away.
/// </remarks>
/// <typeparam name="TKey">What a run is.</typeparam>
/// <typeparam name="TRun">What it found.</typeparam>
public sealed class RunLog<TKey, TRun> : IRunLog<TKey, TRun>, IDisposable
    where TKey : notnull
    where TRun : class
{
    private readonly Dictionary<TKey, TRun> finished = [];
    private readonly RunLogFormat<TKey, TRun> format;
    private readonly FileStream stream;

    internal RunLog(RunLogFormat<TKey, TRun> format, FileStream stream)
    {
        this.format = format;
        this.stream = stream;
    }

    /// <summary>Runs that were in the file when it was opened, and since.</summary>
    public int Count => finished.Count;

    /// <summary>These runs, in the order of the file.</summary>
    public IReadOnlyCollection<TRun> Runs => finished.Values;

    /// <inheritdoc/>
    public TRun? Find(TKey key) => finished.GetValueOrDefault(key);

    /// <inheritdoc/>
    /// <exception cref="RunLogException">The file cannot be written.</exception>
    public void Add(IReadOnlyCollection<TRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        Write(runs.Select(format.Write));
        foreach (TRun run in runs)
            finished[format.KeyOf(run)] = run;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => stream.Dispose();

    internal void Restore(string path, IReadOnlyDictionary<string, string> inputs)
    {
        (IReadOnlyList<TRun> runs, LogPlace end) = RunLines.Read(path, stream, format, inputs);
        foreach (TRun run in runs)
            finished[format.KeyOf(run)] = run;
        stream.SetLength(end.Bytes);
        if (end.Lines == 0)
            Write([JsonSerializer.SerializeToUtf8Bytes(new HeaderLine(format.Schema, inputs), HeaderContract.Default.HeaderLine)]);
    }

    private void Write(IEnumerable<byte[]> lines)
    {
        try
        {
            stream.Seek(0, SeekOrigin.End);
            foreach (byte[] line in lines)
            {
                stream.Write(line);
                stream.WriteByte((byte)'\n');
            }

            stream.Flush(flushToDisk: true);
        }
        catch (IOException exception)
        {
            throw new RunLogException(stream.Name, $"cannot be written: {exception.Message}", exception);
        }
    }
}
