using System.Numerics;
using TinT.Model;
using TinT.Model.Architectures;
using TinT.Model.Parameters;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;

namespace TinT.Reference.Tests;

/// <summary>Small random models and batches for tests; a seed gives the same numbers everywhere.</summary>
internal static class RandomCase
{
    /// <summary>A model of two layers, D = 12, two heads, K = 2, 17 tokens and 10 positions; more may be said.</summary>
    public static AuxiliaryDescription Auxiliary(string architecture = "gpt2", string? activation = null, AuxiliaryOptions? options = null) =>
        KnownArchitectures.Of(architecture).Describe((options ?? new AuxiliaryOptions()) with
        {
            VocabularySize = 17,
            MaxPositionEmbeddings = 10,
            HiddenSize = 12,
            LayerCount = 2,
            HeadCount = options?.HeadCount ?? 2,
            IntermediateSize = options?.IntermediateSize ?? 24,
            Activation = activation,
        });

    /// <summary>What is simulated; one step over both layers unless said otherwise.</summary>
    public static SimulatorDescription Description(
        AuxiliaryDescription auxiliary,
        int steps = 1,
        int layers = 2,
        double learningRate = 0.01,
        string loss = "softmax",
        string layerNorm = "bias",
        string attention = "values",
        string compatibility = "none") =>
        new("Random", auxiliary, new TrainingDescription(steps, layers, learningRate, loss, layerNorm, attention, 1000, compatibility), 3, 4, 48, 4);

    /// <summary>Weights of a size that makes all parts of the model matter: gains around 1, the rest around 0.</summary>
    public static AuxiliaryModel<T> Model<T>(AuxiliaryDescription auxiliary, int seed = 1)
        where T : IFloatingPointIeee754<T>
    {
        Random random = new(seed);
        return new AuxiliaryModel<T>(auxiliary, (kind, _) =>
        {
            (int rows, int columns) = ParameterRoles.Of(kind).Shape(auxiliary);
            bool isGain = ParameterRoles.Of(kind).Field == ParameterField.Gain;
            double scale = kind is ParameterKind.TokenEmbedding or ParameterKind.PositionEmbedding ? 1 : 0.4;

            // Where scores are not scaled, attention would be all or nothing.
            if (kind == ParameterKind.QueryWeight && !auxiliary.ScalesScores)
                scale /= Math.Sqrt(auxiliary.HeadSize);
            return [.. Enumerable.Range(0, rows * columns).Select(_ => T.CreateChecked((isGain ? 1 : 0) + scale * Normal(random)))];
        });
    }

    /// <summary>Random tokens whose first part is the training part.</summary>
    public static SimulationBatch Batch(int batchSize = 2, int tokens = 9, int trainingTokens = 5, int seed = 2)
    {
        Random random = new(seed);
        int[] ids = [.. Enumerable.Range(0, batchSize * tokens).Select(_ => random.Next(17))];
        float[] mask = [.. Enumerable.Range(0, batchSize * tokens).Select(index => index % tokens < trainingTokens ? 1f : 0f)];
        return new SimulationBatch(batchSize, tokens, ids, mask);
    }

    /// <summary>The batch of <see cref="Batch"/> with a gradient mask, an ICL mask of two demonstrations and positions that start again.</summary>
    public static SimulationBatch MaskedBatch()
    {
        SimulationBatch plain = Batch();
        int tokens = plain.TokenCount;
        return new SimulationBatch(plain.BatchSize, tokens, plain.InputIds, plain.TrainingMask)
        {
            GradientMask = [.. Enumerable.Range(0, plain.InputIds.Length).Select(index => index % 3 == 0 ? 0 : 0.5f * (index % 4))],
            IclMask = [.. Enumerable.Range(0, plain.InputIds.Length * tokens).Select(
                index => Demonstration(index / tokens % tokens) == Demonstration(index % tokens) ? 1f : 0f)],
            PositionIds = [.. Enumerable.Range(0, plain.InputIds.Length).Select(index => index % tokens % 4)],
        };

        static int Demonstration(int token) => token < 4 ? 0 : 1;
    }

    /// <summary>A standard normal number.</summary>
    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
