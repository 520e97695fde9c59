namespace TinT.Compiler.Specs;

/// <summary>What of a layer norm the inner SGD updates.</summary>
public enum LayerNormUpdate
{
    /// <summary><c>none</c>: nothing.</summary>
    None,

    /// <summary><c>bias</c>: β.</summary>
    Bias,

    /// <summary><c>gain</c>: β and the gain, as the vector that it is.</summary>
    Gain,

    /// <summary><c>full</c>: β and the gain as a full D×D matrix.</summary>
    Full,
}
