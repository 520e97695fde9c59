namespace TinT.Evaluation.Sharing;

/// <summary>One of several processes that see nothing of each other: it runs its part of the units and leaves the others alone. Their logs are merged later.</summary>
/// <param name="has">Whether a unit is this part's, by its index. Units of a kind are dealt out in turn, so that no part has all of the long ones.</param>
public sealed class ShardWorker(Func<int, bool> has) : IWorkers
{
    /// <inheritdoc/>
    public bool Run(IReadOnlyList<WorkUnit> units, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(units);
        bool all = true;
        foreach ((int index, WorkUnit unit) in units.GroupBy(unit => unit.Kind).SelectMany(kind => kind).Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (unit.IsFinished())
                continue;
            if (has(index))
                unit.Run(cancellationToken);
            else
                all = false;
        }

        return all;
    }
}
