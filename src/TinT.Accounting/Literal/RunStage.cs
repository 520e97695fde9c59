namespace TinT.Accounting.Literal;

/// <summary>Parts of a run of the simulator, in their order within a pass.</summary>
public enum RunStage
{
    /// <summary>Token and position embedding.</summary>
    Embedding,

    /// <summary>Forward through the auxiliary layers.</summary>
    Forward,

    /// <summary>Forward through the final norm.</summary>
    FinalNorm,

    /// <summary>Head, loss and the gradient at the head's input; after the last step the head alone.</summary>
    Head,

    /// <summary>Backward through the final norm, and its descent.</summary>
    FinalNormBackward,

    /// <summary>Backward through the trained layers, and their descents.</summary>
    Backward,
}
