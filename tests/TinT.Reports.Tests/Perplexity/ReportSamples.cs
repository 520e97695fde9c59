using TinT.Evaluation.Corpora;
using TinT.Evaluation.Perplexity;
using TinT.Evaluation.Sweeps;
using TinT.Evaluation.Tests.Perplexity;
using TinT.Reports.Perplexity;

namespace TinT.Reports.Tests.Perplexity;

/// <summary>Reports of the fake simulator.</summary>
internal static class ReportSamples
{
    /// <summary>Two fractions and two learning rates, of which exact SGD diverges with the higher.</summary>
    public static PerplexityReport Create()
    {
        FakeSimulator exact = new((loss, learningRate) => learningRate > 0.4 && loss > 0.9f ? float.NaN : loss * (float)(1 - learningRate));
        FakeSimulator tint = new((loss, learningRate) => loss * (float)(1 - (learningRate / 2)));
        PerplexityOptions options = new() { Sweep = new Sweep { TrainFractions = [0.5, 0.75], LearningRates = [0.25, 0.5] } };
        return Create(options, new EvaluationMethod("exact SGD", exact), new EvaluationMethod("TinT", tint));
    }

    public static PerplexityReport Create(PerplexityOptions options, params EvaluationMethod[] methods)
    {
        BlockCorpus corpus = TestCorpus.Create([1, 2, 3, 4], [5, 6, 7, 8], [2, 3, 5, 7]);
        PerplexityResult result = new PerplexityEvaluator().Evaluate(corpus, methods, options);
        return new PerplexityReport(methods[^1].Simulator.Description, corpus, result);
    }
}
