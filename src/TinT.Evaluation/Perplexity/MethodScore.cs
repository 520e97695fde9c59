using TinT.Evaluation.Sweeps;

namespace TinT.Evaluation.Perplexity;

/// <summary>How well the model predicts the scored tokens after a method adapted it.</summary>
/// <param name="Method">Name of the method.</param>
/// <param name="Point">Training fraction, layers, steps and learning rate.</param>
/// <param name="Loss">Mean loss in nats per scored token; not finite if the inner training diverged on a block.</param>
/// <param name="Perplexity">exp(<paramref name="Loss"/>).</param>
/// <param name="NonFiniteBlocks">Blocks with a scored loss that is not finite.</param>
/// <param name="Improvement">Against the auxiliary model; <see langword="null"/> if either diverged.</param>
/// <param name="IsBest">Whether no other setting of this method at this fraction gives a lower perplexity; the first of equals. Never if diverged.</param>
public sealed record MethodScore(
    string Method,
    SweepPoint Point,
    double Loss,
    double Perplexity,
    int NonFiniteBlocks,
    RelativeImprovement? Improvement,
    bool IsBest)
{
    /// <summary>Whether the perplexity is no finite number.</summary>
    public bool IsDiverged => !double.IsFinite(Perplexity);
}
