namespace TinT.Literal.Programs;

/// <summary>Rules for which position may look at which.</summary>
public enum MaskRule
{
    /// <summary>Key j ≤ query i, among prefix and tokens alike.</summary>
    Causal,

    /// <summary>Keys that are tokens j ≤ i, unless the sequence's own mask forbids the pair.</summary>
    Tokens,

    /// <summary>Keys that are tokens of the training part; for queries that are tokens, every j ≤ i as well.</summary>
    Training,

    /// <summary>
    /// Receiver j of what position i sends back: i is a token, and i ≤ j or i belongs to the training part.
    /// </summary>
    SentBack,
}
