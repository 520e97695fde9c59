namespace TinT.Compiler.Specs;

/// <summary>What of a layer norm the inner SGD updates.</summary>
public enum LayerNormUpdate
{
    /// <summary><c>none</c>: nothing.</summary>
    None,

    /// <summary><c>bias</c>: β.</summary>
    Bias,

    /// <summary><c>full</c>: β and the gain as a full D×D matrix.</summary>
    Full,
}
