namespace TinT.Evaluation.Logs;

/// <summary>Keeps finished runs, each under what it is.</summary>
/// <typeparam name="TKey">What a run is.</typeparam>
/// <typeparam name="TRun">What it found.</typeparam>
public interface IRunLog<TKey, TRun>
    where TRun : class
{
    /// <summary>A run that was finished before; <see langword="null"/> if it was not.</summary>
    /// <param name="key">What it is.</param>
    TRun? Find(TKey key);

    /// <summary>Keeps runs that have just finished together.</summary>
    /// <param name="runs">The runs.</param>
    void Add(IReadOnlyCollection<TRun> runs);
}
