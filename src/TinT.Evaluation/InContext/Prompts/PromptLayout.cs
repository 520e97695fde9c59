namespace TinT.Evaluation.InContext.Prompts;

/// <summary>What the examples of a prompt see of each other.</summary>
public enum PromptLayout
{
    /// <summary><c>single</c>: each demonstration stands alone, and the query sees none of them.</summary>
    Separate,

    /// <summary><c>multi</c>: all are one text, as in ordinary few-shot prompting.</summary>
    Joint,
}
