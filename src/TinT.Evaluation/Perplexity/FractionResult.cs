using TinT.Evaluation.Sweeps;

namespace TinT.Evaluation.Perplexity;

/// <summary>The scores at one training fraction.</summary>
/// <param name="Split">Which tokens train and which are scored.</param>
/// <param name="ScoredTokens">Scored tokens of all blocks.</param>
/// <param name="Auxiliary">The auxiliary model as loaded.</param>
/// <param name="Methods">The methods in the order given, each with its learning rates in the order given.</param>
public sealed record FractionResult(
    TrainingSplit Split,
    long ScoredTokens,
    AuxiliaryScore Auxiliary,
    IReadOnlyList<MethodScore> Methods);
