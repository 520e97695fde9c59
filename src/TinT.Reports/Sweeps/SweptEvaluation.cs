using TinT.Reports.InContext;
using TinT.Reports.Perplexity;

namespace TinT.Reports.Sweeps;

/// <summary>An evaluation of a sweep, as far as it is finished.</summary>
/// <param name="Label">What sets it apart from the others.</param>
/// <param name="Inputs">What determines its numbers, by name.</param>
/// <param name="IsComplete">Whether all of it is finished.</param>
public sealed record SweptEvaluation(string Label, IReadOnlyDictionary<string, string> Inputs, bool IsComplete)
{
    /// <summary>Perplexities, of a text, if a block is whole.</summary>
    public PerplexityReport? Perplexity { get; init; }

    /// <summary>Accuracies, of tasks, if complete.</summary>
    public InContextReport? InContext { get; init; }
}
