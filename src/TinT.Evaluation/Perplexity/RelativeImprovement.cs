namespace TinT.Evaluation.Perplexity;

/// <summary>By how much a method's perplexity is below the auxiliary model's, in percent of the latter.</summary>
/// <param name="Percent">100 (1 − perplexity / auxiliary perplexity); negative if the method is worse.</param>
/// <param name="LowerBound">Lower end of the 95% confidence interval in percent; <see langword="null"/> with a single block.</param>
/// <param name="UpperBound">Upper end of the 95% confidence interval in percent; <see langword="null"/> with a single block.</param>
/// <remarks>
/// The interval is Student's for the mean of the paired differences, block by block, of the losses in nats per token (method minus
/// auxiliary model), mapped by 100 (1 − exp d). Blocks count as independent.
/// </remarks>
public sealed record RelativeImprovement(double Percent, double? LowerBound, double? UpperBound);
