namespace TinT.Evaluation.Logs;

/// <summary>Keeps finished runs as long as the process lives.</summary>
/// <param name="format">Tells what a run is.</param>
/// <typeparam name="TKey">What a run is.</typeparam>
/// <typeparam name="TRun">What it found.</typeparam>
public sealed class MemoryLog<TKey, TRun>(RunLogFormat<TKey, TRun> format) : IRunLog<TKey, TRun>
    where TKey : notnull
    where TRun : class
{
    private readonly Dictionary<TKey, TRun> finished = [];

    /// <inheritdoc/>
    public TRun? Find(TKey key) => finished.GetValueOrDefault(key);

    /// <inheritdoc/>
    public void Add(IReadOnlyCollection<TRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        foreach (TRun run in runs)
            finished[format.KeyOf(run)] = run;
    }
}
