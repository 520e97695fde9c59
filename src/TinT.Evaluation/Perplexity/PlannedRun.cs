namespace TinT.Evaluation.Perplexity;

/// <summary>One method with one learning rate.</summary>
/// <param name="Method">The method.</param>
/// <param name="LearningRate">Its inner learning rate.</param>
/// <param name="GivesAuxiliary">Whether the losses before its inner step are taken for those of the auxiliary model.</param>
internal sealed record PlannedRun(EvaluationMethod Method, double LearningRate, bool GivesAuxiliary);
