using TinT.Evaluation.Sweeps;

namespace TinT.Evaluation.Perplexity;

/// <summary>What a block run is: one block under one method and setting.</summary>
/// <param name="Method">Name of the method.</param>
/// <param name="Block">Index of the block.</param>
/// <param name="Point">Training fraction, layers, steps and learning rate.</param>
public sealed record BlockKey(string Method, int Block, SweepPoint Point);
