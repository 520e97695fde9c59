namespace TinT.Evaluation.InContext.Protocol;

/// <summary>How the inner setting that a table shows is chosen from those of the grid.</summary>
public enum Selection
{
    /// <summary><c>held-out</c>: once for each task, shots, layout and loss by mean accuracy over seeds on the evaluation draw, and reported on the test draw.</summary>
    HeldOut,

    /// <summary><c>oracle</c>: for each seed by the accuracy that is reported, on the evaluation draw, as the authors did.</summary>
    Oracle,
}
