namespace TinT.Model.Runs;

/// <summary>Parts of a run, in the order in which it first calls them.</summary>
public enum RoutineKind
{
    /// <summary>Token and position embedding.</summary>
    Embedding,

    /// <summary>Forward pass of one layer.</summary>
    ForwardBlock,

    /// <summary>Keeps the input of the lowest trained layer, from which later passes start.</summary>
    KeepTrainedInput,

    /// <summary>Forward pass of the final norm.</summary>
    FinalNorm,

    /// <summary>Head, losses and loss gradient.</summary>
    Head,

    /// <summary>Backward pass and descent of the final norm.</summary>
    FinalNormBackward,

    /// <summary>Backward pass and descent of one layer.</summary>
    BackwardBlock,

    /// <summary>Goes back to the kept input of the lowest trained layer.</summary>
    RestoreTrainedInput,

    /// <summary>After a run in the dual form, if the caller asks for updated weights: the descent of one layer from what was kept of one step.</summary>
    WriteUpdates,
}
