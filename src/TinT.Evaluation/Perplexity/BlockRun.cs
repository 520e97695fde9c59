namespace TinT.Evaluation.Perplexity;

/// <summary>What a block run found, in nats.</summary>
/// <param name="Key">What was run.</param>
/// <param name="LossBefore">Loss of the scored tokens before the inner steps: their sum.</param>
/// <param name="LossAfter">The same after.</param>
/// <param name="TokenLossesBefore">Loss of each scored token before, if it is kept.</param>
/// <param name="TokenLossesAfter">The same after.</param>
public sealed record BlockRun(BlockKey Key, double LossBefore, double LossAfter, float[]? TokenLossesBefore = null, float[]? TokenLossesAfter = null);
