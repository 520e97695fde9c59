namespace TinT.Evaluation.Perplexity;

/// <summary>How far an evaluation is.</summary>
/// <param name="Done">Block runs done: a block under one fraction, method and learning rate is one.</param>
/// <param name="Total">Block runs in all.</param>
/// <param name="TokensPerSecond">Tokens run through simulators per second of the evaluation so far.</param>
/// <param name="Method">Name of the method that ran last.</param>
/// <param name="TrainFraction">Training fraction it ran with.</param>
/// <param name="LearningRate">Learning rate it ran with.</param>
/// <param name="Perplexity">Its perplexity over the blocks it has run so, the first ones of the text; not finite if the inner step diverged.</param>
public sealed record EvaluationProgress(
    long Done,
    long Total,
    double TokensPerSecond,
    string Method,
    double TrainFraction,
    double LearningRate,
    double Perplexity);
