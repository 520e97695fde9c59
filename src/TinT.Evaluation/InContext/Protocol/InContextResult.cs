namespace TinT.Evaluation.InContext.Protocol;

/// <summary>The runs of an evaluation and what was chosen of them.</summary>
/// <param name="Plan">What was run.</param>
/// <param name="Methods">Names of the methods that learn, in the order of tables.</param>
/// <param name="Others">Names of other models that only score, in the order of tables.</param>
/// <param name="Runs">Every run.</param>
/// <param name="Choices">The settings that tables show.</param>
/// <param name="Elapsed">Time it took.</param>
public sealed record InContextResult(
    InContextPlan Plan,
    IReadOnlyList<string> Methods,
    IReadOnlyList<string> Others,
    IReadOnlyList<InContextRun> Runs,
    IReadOnlyList<Choice> Choices,
    TimeSpan Elapsed)
{
    private readonly Dictionary<RunKey, InContextRun> byKey = Runs.ToDictionary(run => run.Key);

    /// <summary>A run; <see langword="null"/> if there is none of the kind.</summary>
    /// <param name="key">What it is.</param>
    public InContextRun? Find(RunKey key) => byKey.GetValueOrDefault(key);
}
