namespace TinT.Evaluation.InContext.Protocol;

/// <summary>Which queries a run scores.</summary>
public enum Draw
{
    /// <summary>Those that settings are chosen on.</summary>
    Evaluation,

    /// <summary>Those that are reported where settings are chosen on others.</summary>
    Test,
}
