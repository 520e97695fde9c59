namespace TinT.Evaluation.Sharing;

/// <summary>Runs nothing: only what is finished counts.</summary>
public sealed class NoWorker : IWorkers
{
    /// <summary>The worker.</summary>
    public static NoWorker Instance { get; } = new();

    /// <inheritdoc/>
    public bool Run(IReadOnlyList<WorkUnit> units, CancellationToken cancellationToken) => units.All(unit => unit.IsFinished());
}
