using TinT.Evaluation.Sweeps;

namespace TinT.Evaluation.Perplexity;

/// <summary>One method with one learning rate.</summary>
/// <param name="Method">The method.</param>
/// <param name="Point">Its training, at any fraction.</param>
/// <param name="GivesAuxiliary">Whether the losses before its inner step are taken for those of the auxiliary model.</param>
internal sealed record PlannedRun(EvaluationMethod Method, SweepPoint Point, bool GivesAuxiliary);
