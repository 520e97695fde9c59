namespace TinT.Evaluation.InContext.Prompts;

/// <summary>The prompts that score the candidates of one query.</summary>
/// <param name="Prompts">One in which every candidate could stand in last place, or one for each candidate.</param>
/// <param name="CandidateIds">With one prompt: the token of each candidate; empty where each candidate has a prompt of its own.</param>
public sealed record QueryPrompts(IReadOnlyList<Prompt> Prompts, IReadOnlyList<int> CandidateIds)
{
    /// <summary>Candidates.</summary>
    public int CandidateCount => CandidateIds.Count > 0 ? CandidateIds.Count : Prompts.Count;

    /// <summary>Tokens of the longest prompt.</summary>
    public int TokenCount => Prompts.Max(prompt => prompt.TokenCount);
}
