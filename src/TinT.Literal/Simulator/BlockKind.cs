namespace TinT.Literal.Simulator;

/// <summary>Blocks of one kind have the same modules with the same parameter values; their names differ in what comes first.</summary>
internal enum BlockKind
{
    /// <summary>The forward modules of a layer.</summary>
    Forward,

    /// <summary>The forward modules of the final norm.</summary>
    FinalNorm,

    /// <summary>The backward and descent modules of the final norm.</summary>
    FinalNormBackward,

    /// <summary>The backward and descent modules of a layer.</summary>
    Backward,
}
