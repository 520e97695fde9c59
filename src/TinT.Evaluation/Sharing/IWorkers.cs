namespace TinT.Evaluation.Sharing;

/// <summary>Runs units of work: one process alone, or several that share them.</summary>
public interface IWorkers
{
    /// <summary>Runs the units that are left to this process.</summary>
    /// <param name="units">Units that depend on nothing that is not finished, the same in every process.</param>
    /// <param name="cancellationToken">Asked between units and by them.</param>
    /// <returns>Whether all are finished, by whomever.</returns>
    /// <exception cref="OperationCanceledException">The work was cancelled; what is finished is in the log.</exception>
    bool Run(IReadOnlyList<WorkUnit> units, CancellationToken cancellationToken);
}
