namespace TinT.Evaluation.InContext.Protocol;

/// <summary>How far an evaluation is.</summary>
/// <param name="Done">Queries scored so far, over all runs.</param>
/// <param name="Total">Queries of all runs.</param>
/// <param name="Run">The run it is at.</param>
public readonly record struct InContextProgress(long Done, long Total, RunKey Run);
