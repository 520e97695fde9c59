namespace TinT.Evaluation.InContext.Prompts;

/// <summary>How prompts are built.</summary>
/// <param name="Layout">What examples see of each other.</param>
/// <param name="Loss">What is learned.</param>
public sealed record PromptOptions(PromptLayout Layout, PromptLoss Loss)
{
    /// <summary>Id in front of every prompt; <see langword="null"/> for none.</summary>
    public int? StartId { get; init; }

    /// <summary>Most tokens of a prompt: what is longer loses tokens behind the first id, as in the authors' code; <see langword="null"/> to leave prompts whole.</summary>
    public int? CutTokens { get; init; }

    /// <summary>Whether the authors' code is repeated slip for slip: where premises begin, and labels that seem to have no tokens.</summary>
    public bool Authors { get; init; }
}
