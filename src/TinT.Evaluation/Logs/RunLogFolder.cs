namespace TinT.Evaluation.Logs;

/// <summary>The logs of several processes that share an evaluation: each appends to its own, and reads those of the others.</summary>
/// <typeparam name="TKey">What a run is.</typeparam>
/// <typeparam name="TRun">What it found.</typeparam>
public sealed class RunLogFolder<TKey, TRun> : IRunLog<TKey, TRun>, IDisposable
    where TKey : notnull
    where TRun : class
{
    private const string Extension = ".jsonl";

    private readonly Dictionary<TKey, TRun> finished = [];
    private readonly Dictionary<string, LogPlace> read = [];
    private readonly string directory;
    private readonly string evaluation;
    private readonly string own;
    private readonly RunLogFormat<TKey, TRun> format;
    private readonly IReadOnlyDictionary<string, string> inputs;
    private RunLog<TKey, TRun>? log;

    /// <summary>Uses a folder. The log of this process is begun with its first run.</summary>
    /// <param name="directory">The folder, which exists.</param>
    /// <param name="evaluation">What the names of the evaluation's logs begin with.</param>
    /// <param name="process">What sets this process's log apart.</param>
    /// <param name="format">How runs stand in logs.</param>
    /// <param name="inputs">What determines the numbers, by name.</param>
    public RunLogFolder(string directory, string evaluation, string process, RunLogFormat<TKey, TRun> format, IReadOnlyDictionary<string, string> inputs)
    {
        (this.directory, this.evaluation, this.format, this.inputs) = (directory, evaluation, format, inputs);
        own = Path.Combine(directory, $"{evaluation}-{process}{Extension}");
    }

    /// <summary>Finished runs.</summary>
    public int Count => finished.Count;

    /// <inheritdoc/>
    public TRun? Find(TKey key) => finished.GetValueOrDefault(key);

    /// <summary>Reads what other processes have added.</summary>
    /// <exception cref="RunLogException">A log cannot be read, or belongs to another evaluation.</exception>
    public void Refresh()
    {
        try
        {
            foreach (string path in Directory.EnumerateFiles(directory, $"{evaluation}-*{Extension}").Where(path => path != own).Order(StringComparer.Ordinal))
                ReadOn(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunLogException(directory, $"logs cannot be read: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="RunLogException">The log of this process cannot be written.</exception>
    public void Add(IReadOnlyCollection<TRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        log ??= RunLog.Open(own, format, inputs);
        log.Add(runs);
        foreach (TRun run in runs)
            finished[format.KeyOf(run)] = run;
    }

    /// <inheritdoc/>
    public void Dispose() => log?.Dispose();

    private void ReadOn(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        LogPlace place = read.GetValueOrDefault(path);
        if (file.Length <= place.Bytes)
            return;
        (IReadOnlyList<TRun> runs, read[path]) = RunLines.Read(path, file, format, inputs, place);
        foreach (TRun run in runs)
            finished[format.KeyOf(run)] = run;
    }
}
