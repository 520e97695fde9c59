using TinT.Runtime.Simulation;

namespace TinT.Evaluation.Perplexity;

/// <summary>A way to adapt the auxiliary model to the training part of a block: a column of the table.</summary>
/// <param name="Name">Name of the column, such as <c>exact SGD</c> or <c>TinT</c>.</param>
/// <param name="Simulator">What runs it; stays the caller's to dispose.</param>
public sealed record EvaluationMethod(string Name, ISimulator Simulator);
