namespace TinT.Evaluation.InContext.Protocol;

/// <summary>A task with its draws.</summary>
/// <param name="Data">The task and its texts.</param>
/// <param name="Evaluation">Rows of the queries that settings are chosen on.</param>
/// <param name="Test">Rows of those that are reported; the same where settings are chosen on what is reported.</param>
/// <param name="Demonstrations">The sets of demonstrations.</param>
public sealed record PlannedTask(TaskData Data, IReadOnlyList<int> Evaluation, IReadOnlyList<int> Test, IReadOnlyList<DemonstrationSet> Demonstrations)
{
    /// <summary>Rows of a draw.</summary>
    /// <param name="draw">The draw.</param>
    public IReadOnlyList<int> RowsOf(Draw draw) => draw == Draw.Evaluation ? Evaluation : Test;
}
