namespace TinT.Evaluation.Perplexity;

/// <summary>What a perplexity evaluation found.</summary>
/// <param name="BlockCount">Blocks evaluated.</param>
/// <param name="BlockSize">Tokens in a block, T.</param>
/// <param name="Steps">Inner SGD steps.</param>
/// <param name="TrainedLayers">Trained layers.</param>
/// <param name="MethodNames">Names of the methods in the order given.</param>
/// <param name="LearningRates">Learning rates in the order given; that of the spec if none was.</param>
/// <param name="Fractions">Scores in the order of the training fractions.</param>
/// <param name="Elapsed">Time the evaluation took. Not part of the written reports, which are the same for every run.</param>
public sealed record PerplexityResult(
    int BlockCount,
    int BlockSize,
    int Steps,
    int TrainedLayers,
    IReadOnlyList<string> MethodNames,
    IReadOnlyList<double> LearningRates,
    IReadOnlyList<FractionResult> Fractions,
    TimeSpan Elapsed);
