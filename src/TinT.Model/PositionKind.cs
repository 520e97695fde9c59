namespace TinT.Model;

/// <summary>How positions enter a model.</summary>
public enum PositionKind
{
    /// <summary>A learned table, added to the token embeddings.</summary>
    Learned,

    /// <summary>Queries and keys are turned by angles that grow with the position.</summary>
    Rotary,

    /// <summary>Scores fall linearly with the distance, in each head with its own slope.</summary>
    Alibi,

    /// <summary>Not at all, but for the causal mask.</summary>
    None,
}
