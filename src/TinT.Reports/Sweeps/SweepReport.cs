namespace TinT.Reports.Sweeps;

/// <summary>The evaluations of a sweep, as far as they are finished.</summary>
/// <param name="Name">The sweep's name.</param>
/// <param name="Evaluations">The evaluations, in order.</param>
public sealed record SweepReport(string Name, IReadOnlyList<SweptEvaluation> Evaluations)
{
    /// <summary>Whether something is missing.</summary>
    public bool IsPartial => Evaluations.Any(evaluation => !evaluation.IsComplete);
}
