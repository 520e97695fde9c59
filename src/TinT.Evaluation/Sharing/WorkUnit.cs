namespace TinT.Evaluation.Sharing;

/// <summary>A piece of an evaluation that one process runs as a whole.</summary>
/// <param name="Name">What it is; the same in every process.</param>
/// <param name="IsFinished">Whether the log has all of it.</param>
/// <param name="Run">Runs what the log lacks of it.</param>
public sealed record WorkUnit(string Name, Func<bool> IsFinished, Action<CancellationToken> Run)
{
    /// <summary>Units of the same kind take about as much work.</summary>
    public string Kind { get; init; } = "";
}
