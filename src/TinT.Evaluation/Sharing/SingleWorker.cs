namespace TinT.Evaluation.Sharing;

/// <summary>A process that shares its work with no other: it runs every unit that is not finished, in order.</summary>
public sealed class SingleWorker : IWorkers
{
    /// <summary>The worker.</summary>
    public static SingleWorker Instance { get; } = new();

    /// <inheritdoc/>
    public bool Run(IReadOnlyList<WorkUnit> units, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(units);
        foreach (WorkUnit unit in units)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!unit.IsFinished())
                unit.Run(cancellationToken);
        }

        return true;
    }
}
