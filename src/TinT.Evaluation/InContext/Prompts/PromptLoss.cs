namespace TinT.Evaluation.InContext.Prompts;

/// <summary>Which tokens of a prompt the inner step learns to predict.</summary>
public enum PromptLoss
{
    /// <summary>All but the candidate in last place.</summary>
    Context,

    /// <summary>The labels of the demonstrations.</summary>
    Label,
}
