namespace TinT.Evaluation.Perplexity;

/// <summary>How well the auxiliary model predicts the scored tokens without adapting.</summary>
/// <param name="Loss">Mean loss in nats per scored token; not finite if the model diverges.</param>
/// <param name="Perplexity">exp(<paramref name="Loss"/>).</param>
/// <param name="NonFiniteBlocks">Blocks with a scored loss that is not finite.</param>
public sealed record AuxiliaryScore(double Loss, double Perplexity, int NonFiniteBlocks)
{
    /// <summary>Whether the perplexity is no finite number.</summary>
    public bool IsDiverged => !double.IsFinite(Perplexity);
}
