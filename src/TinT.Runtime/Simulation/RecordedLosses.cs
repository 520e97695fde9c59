namespace TinT.Runtime.Simulation;

/// <summary>Tokens whose losses a run tells.</summary>
public enum RecordedLosses
{
    /// <summary>Every token but the first.</summary>
    All,

    /// <summary>
    /// Scored tokens, which are those outside the training part, or all if it is the whole sequence. The logits of the others are made only if
    /// something else needs them.
    /// </summary>
    Scored,
}
