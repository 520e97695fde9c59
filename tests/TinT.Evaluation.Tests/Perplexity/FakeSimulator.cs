using TinT.Model;
using TinT.Runtime.Simulation;

namespace TinT.Evaluation.Tests.Perplexity;

/// <summary>
/// A simulator whose losses can be worked out by hand: before, a token's loss is its id / 8, times what another auxiliary model may have; after, what
/// a function makes of that and of the learning rate. The function is not applied to the first token, which nothing predicts.
/// </summary>
internal sealed class FakeSimulator(Func<float, double, float> after, float auxiliary = 1) : ISimulator
{
    /// <summary>Batches and options of every run.</summary>
    public List<(SimulationBatch Batch, RunOptions Options)> Runs { get; } = [];

    public SimulatorDescription Description { get; } = new(
        "Tiny",
        new AuxiliaryDescription("gpt2", 256, 16, 8, 2, 2, 32, "gelu_new", 1e-5),
        new TrainingDescription(3, 2, 0.25, "softmax", "bias", "values", 1000, "none"),
        Sharding: 2,
        PrefixTokens: 4,
        HiddenSize: 32,
        HeadCount: 4);

    /// <summary>Scales every loss by 1 − learning rate.</summary>
    public static FakeSimulator Scaling() => new((loss, learningRate) => loss * (float)(1 - learningRate));

    public SimulationResult Run(SimulationBatch batch, RunOptions? options = null)
    {
        Runs.Add((batch, options!));
        double learningRate = options!.LearningRate ?? Description.Training.LearningRate;
        float[] before = new float[batch.InputIds.Length];
        float[] afterwards = new float[batch.InputIds.Length];
        for (int i = 0; i < before.Length; i++)
        {
            if (i % batch.TokenCount == 0)
                continue;
            before[i] = auxiliary * batch.InputIds[i] / 8f;
            afterwards[i] = after(before[i], learningRate);
        }

        return new SimulationResult
        {
            BatchSize = batch.BatchSize,
            TokenCount = batch.TokenCount,
            VocabularySize = 256,
            TokenLossesBefore = before,
            TokenLossesAfter = afterwards,
            LossesBefore = [],
            LossesAfter = [],
        };
    }

    public void Dispose()
    {
    }
}
