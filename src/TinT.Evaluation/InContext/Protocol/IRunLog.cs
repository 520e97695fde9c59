namespace TinT.Evaluation.InContext.Protocol;

/// <summary>Keeps finished runs.</summary>
public interface IRunLog
{
    /// <summary>A run that was finished before; <see langword="null"/> if it was not.</summary>
    /// <param name="key">What it is.</param>
    InContextRun? Find(RunKey key);

    /// <summary>Keeps a run that has just finished.</summary>
    /// <param name="run">The run.</param>
    void Add(InContextRun run);
}
