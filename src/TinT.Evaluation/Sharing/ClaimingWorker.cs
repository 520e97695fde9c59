namespace TinT.Evaluation.Sharing;

/// <summary>One of several processes that share work: it runs the units that it may claim, and leaves those that others have claimed to them.</summary>
/// <param name="claims">Where units are claimed.</param>
/// <param name="prefix">What sets the units of this evaluation apart from those of others in the same folder.</param>
/// <param name="refresh">Reads what others have finished.</param>
/// <param name="wants">Whether to run a unit of a name; others are left for now.</param>
/// <param name="finished">Told of every unit that this process finished.</param>
public sealed class ClaimingWorker(ClaimFolder claims, string prefix, Action refresh, Func<string, bool> wants, Action<WorkUnit>? finished = null) : IWorkers
{
    /// <summary>Units that this process has run.</summary>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public bool Run(IReadOnlyList<WorkUnit> units, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(units);
        bool all = true;
        foreach (WorkUnit unit in units)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!unit.IsFinished())
                all &= wants(unit.Name) && Run(unit, cancellationToken);
        }

        return all;
    }

    private bool Run(WorkUnit unit, CancellationToken cancellationToken)
    {
        using Claim? claim = claims.TryTake($"{prefix}{unit.Name}");
        if (claim is null)
            return false;

        // Whoever had the claim before wrote its results before giving it up.
        refresh();
        if (!unit.IsFinished())
        {
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, claim.Lost);
            try
            {
                unit.Run(either.Token);
            }
            catch (OperationCanceledException) when (claim.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                // This process stood still for longer than a lease, and another one runs the unit.
                return false;
            }

            Count++;
            finished?.Invoke(unit);
        }

        claim.Finish();
        return true;
    }
}
