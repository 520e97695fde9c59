namespace TinT.Runtime.Execution;

/// <summary>What of a run is wanted.</summary>
internal enum RunPart
{
    /// <summary>All: scores before, inner steps, scores after.</summary>
    All,

    /// <summary>One forward pass of the model as it is.</summary>
    Score,

    /// <summary>The inner steps.</summary>
    Learn,
}
