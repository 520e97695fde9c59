using TinT.Evaluation.Corpora;
using TinT.Evaluation.Perplexity;
using TinT.Model;

namespace TinT.Reports.Perplexity;

/// <summary>A perplexity evaluation with all that is needed to repeat it.</summary>
/// <param name="Simulator">What was simulated: the spec's settings.</param>
/// <param name="Corpus">The text.</param>
/// <param name="Result">The scores.</param>
public sealed record PerplexityReport(SimulatorDescription Simulator, BlockCorpus Corpus, PerplexityResult Result);
