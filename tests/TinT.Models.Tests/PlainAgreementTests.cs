using TinT.Model;
using TinT.Model.Architectures;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Models.Tests;

/// <summary>Random specs against TinT's equations written out in double.</summary>
public sealed class PlainAgreementTests
{
    private const int SpecsPerTest = 13;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_generated_simulator_computes_the_plain_equations(int seed)
    {
        SmallSpec[] specs = [.. Enumerable.Range(0, SpecsPerTest).Select(index => RandomSpec((seed * SpecsPerTest) + index))];
        using var simulators = new SmallSimulators(specs);
        var random = new Random(seed);
        foreach (SmallSpec spec in specs)
        {
            using ISimulator simulator = simulators.Load(spec.Model, seed);
            Assert.Equal(spec.Description, simulator.Description);
            for (int run = 0; run < 2; run++)
            {
                SimulationBatch batch = RandomBatch.Create(
                    random,
                    spec.Description.Auxiliary,
                    random.Next(1, 4),
                    random.Next(1, spec.Context + 1),
                    gradientMask: random.Next(3) == 0,
                    iclMask: random.Next(3) == 0,
                    positionIds: random.Next(3) == 0);
                Agreements.AssertPlain(simulator, simulators.Checkpoint(spec, seed), batch);
                AssertSharedRuns(simulator, spec, batch);
            }
        }
    }

    /// <summary>Several trainings that share passes give the bits of single ones.</summary>
    private static void AssertSharedRuns(ISimulator simulator, SmallSpec spec, SimulationBatch batch)
    {
        RunSetting[] settings =
        [
            new() { LearningRate = spec.LearningRate / 3 },
            new() { TrainedLayers = 1, Steps = 1 },
            new() { TrainingMask = [.. batch.TrainingMask.Select((_, token) => token % batch.TokenCount < batch.TokenCount / 2 ? 1f : 0)] },
            new(),
        ];
        IReadOnlyList<SimulationResult> results = simulator.RunEach(batch, settings);
        for (int index = 0; index < settings.Length; index++)
            Bits.AssertSame(simulator.Run(settings[index].Of(batch), settings[index].Of(new RunOptions())), results[index]);
    }

    /// <summary>Bounds that bite, with every loss and every way through attention.</summary>
    [Fact]
    public void Bounded_scores_and_logits_are_those_of_the_plain_equations()
    {
        SmallSpec[] specs =
        [
            .. SmallSpec.Losses.SelectMany((loss, row) => SmallSpec.Attentions.Select((attention, column) => new SmallSpec($"Bounded{(3 * row) + column}")
            {
                Architecture = "gemma2",
                Loss = loss,
                Attention = attention,
                LayerNorm = SmallSpec.LayerNorms[(row + column) % 3],
                Update = SmallSpec.Updates[(row + column) % 2],
                Compatibility = SmallSpec.Compatibilities[column % 2],
                Steps = 2,
                LearningRate = 1e-3,
                HeadCount = 4,
                Options = new()
                {
                    KeyValueHeadCount = 2, HeadSize = 6, QueryScalar = 3, ScoreCap = 0.6, LogitCap = 0.9, SlidingWindow = 5,
                    SlidingLayers = EquatableArray.Create(true, false),
                },
            })),
        ];
        using var simulators = new SmallSimulators(specs);
        var random = new Random(1);
        foreach (SmallSpec spec in specs)
        {
            using ISimulator simulator = simulators.Load(spec.Model, seed: 1);
            SimulationBatch batch = RandomBatch.Create(random, spec.Description.Auxiliary, 2, 13, gradientMask: true, iclMask: false, positionIds: false);
            Agreements.AssertPlain(simulator, simulators.Checkpoint(spec, seed: 1), batch);
        }
    }

    /// <summary>
    /// Options in turn, sizes at random; rates at which no training diverges, since that would amplify the rounding of each
    /// step in the next.
    /// </summary>
    private static SmallSpec RandomSpec(int index)
    {
        var random = new Random(1000 + index);
        T Pick<T>(IReadOnlyList<T> values) => values[random.Next(values.Count)];
        int hiddenSize = Pick([8, 12, 16, 20, 24, 32, 36, 40]);
        int layers = random.Next(1, 5);
        string architecture = SmallSpec.Architectures[index % SmallSpec.Architectures.Count];
        string loss = SmallSpec.Losses[(index + (index / SmallSpec.Architectures.Count)) % 3];
        string layerNorm = SmallSpec.LayerNorms[index / 3 % 4];
        int heads = Pick([.. Divisors(hiddenSize / 2)]);
        SmallSpec spec = new($"Random{index}")
        {
            Architecture = architecture,
            Loss = loss,
            LayerNorm = layerNorm,
            Attention = SmallSpec.Attentions[index / 12 % 3],
            Activation = RandomOptions.Activation(random, KnownArchitectures.Of(architecture)),
            Compatibility = Pick(SmallSpec.Compatibilities),
            Update = layerNorm == "full" ? "auto" : Pick(["auto", .. SmallSpec.Updates]),
            HiddenSize = hiddenSize,
            HeadCount = heads,
            Sharding = Pick([.. Divisors(hiddenSize).Where(divisor => divisor <= 8)]),
            FeedForwardBlocks = random.Next(1, 6),
            VocabularySize = random.Next(2, 150),
            Context = random.Next(1, 48),
            LayerCount = layers,
            TrainedLayers = random.Next(1, layers + 1),
            Steps = random.Next(1, 4),
            LearningRate = Math.Round(Math.Pow(10, (random.NextDouble() * 2) - 4) * (loss == "quadratic" ? 0.2 : 1), 7),
            TaylorScale = Pick([1.0, 30, 1000, 20000]),
            NormEpsilon = architecture == "opt" ? 1e-5 : Pick([1e-6, 1e-5, 1e-3]),
            Options = RandomOptions.Of(random, KnownArchitectures.Of(architecture), hiddenSize, heads, layers),
        };
        return index % 4 == 3 ? spec.Exact() : spec;
    }

    private static IEnumerable<int> Divisors(int number) => Enumerable.Range(1, number).Where(divisor => number % divisor == 0);
}
