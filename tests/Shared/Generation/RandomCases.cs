using System.Globalization;
using TinT.Model;
using TinT.Model.Architectures;
using TinT.Runtime.Simulation;

namespace TinT.Tests.Common;

/// <summary>Small specs and inputs by seed; consecutive seeds go through the architectures, and each of them through combinations of everything that a spec can say.</summary>
public static class RandomCases
{
    /// <summary>Specs of an architecture: as few as have every loss, layer norm, attention, compatibility and form of the update, and as many as there are.</summary>
    private const int FewestDraws = 7, MostDraws = 27;

    /// <summary>Seeds from 0 on that give another spec each.</summary>
    public const int Count = 20 * MostDraws;

    /// <summary>How many of them a run of the tests draws; the environment variable asks for more.</summary>
    private static readonly int draws = Environment.GetEnvironmentVariable("TINT_TEST_DRAWS") is { Length: > 0 } text
        ? Math.Clamp(int.Parse(text, CultureInfo.InvariantCulture), FewestDraws, MostDraws)
        : FewestDraws;

    /// <summary>Combinations of loss, layer norm, attention, compatibility and form of the update.</summary>
    private const int Trainings = 3 * 4 * 3 * 2 * 2;

    /// <summary>A number that has no divisor in common with <see cref="Trainings"/>: its multiples are far apart.</summary>
    private const int Stride = 25;

    /// <summary>Seeds of the specs that a run of the tests draws: of all architectures the first draw, then the second, and so on; each architecture begins elsewhere.</summary>
    public static IReadOnlyList<int> Seeds { get; } =
    [
        .. Enumerable.Range(0, draws).SelectMany(draw => SmallSpec.Architectures.Select((_, architecture) =>
            ((architecture + (Stride * draw)) % MostDraws * SmallSpec.Architectures.Count) + architecture)),
    ];

    /// <summary>The spec of a seed.</summary>
    /// <param name="seed">The seed.</param>
    public static SmallSpec Spec(int seed)
    {
        Random random = new(seed);
        string architecture = SmallSpec.Architectures[seed % SmallSpec.Architectures.Count];
        int rest = seed / SmallSpec.Architectures.Count * Stride % Trainings;
        string Pick(IReadOnlyList<string> options)
        {
            (rest, int index) = Math.DivRem(rest, options.Count);
            return options[index];
        }

        (int size, int heads, int sharding) = random.GetItems<(int, int, int)>([(16, 2, 4), (16, 4, 2), (12, 3, 3), (8, 1, 2), (24, 4, 3), (16, 1, 8), (10, 5, 1)], 1)[0];
        int layers = random.Next(1, 4);
        string activation = RandomOptions.Activation(random, KnownArchitectures.Of(architecture));
        SmallSpec spec = new($"Random{seed}")
        {
            Architecture = architecture,
            Loss = Pick(SmallSpec.Losses),
            LayerNorm = Pick(SmallSpec.LayerNorms),
            Attention = Pick(SmallSpec.Attentions),
            Compatibility = Pick(SmallSpec.Compatibilities),
            Update = Pick(SmallSpec.Updates),
            Activation = activation,
            HiddenSize = size,
            HeadCount = heads,
            Sharding = sharding,
            LayerCount = layers,
            TrainedLayers = random.Next(1, layers + 1),
            Steps = random.Next(1, 3),
            FeedForwardBlocks = random.Next(1, 5),
            LearningRate = 1e-3,
            Context = random.Next(6, 14),
            Options = RandomOptions.Of(random, KnownArchitectures.Of(architecture), size, heads, layers),
        };

        // Gain matrices have no dual form.
        return spec.LayerNorm == "full" ? spec with { Update = "auto" } : spec;
    }

    /// <summary>The input of a seed, with optional masks and positions.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="auxiliary">The model.</param>
    public static SimulationBatch Batch(int seed, AuxiliaryDescription auxiliary)
    {
        Random random = new(seed + 1_000_000);
        int sequences = random.Next(1, 3);
        int tokens = random.Next(2, auxiliary.MaxPositionEmbeddings + 1);
        int count = sequences * tokens;
        T[] Draw<T>(int length, Func<T> next) => [.. Enumerable.Range(0, length).Select(_ => next())];
        float Bit() => random.Next(2);
        float[] iclMask = Draw(count * tokens, Bit);
        for (int row = 0; row < count; row++)
            iclMask[row * tokens + (row % tokens)] = 1;
        return new SimulationBatch(sequences, tokens, Draw(count, () => random.Next(auxiliary.VocabularySize)), Draw(count, Bit))
        {
            GradientMask = random.Next(2) == 0 ? null : Draw(count, random.NextSingle),
            IclMask = random.Next(2) == 0 ? null : iclMask,
            PositionIds = random.Next(2) == 0 ? null : Draw(count, () => random.Next(auxiliary.MaxPositionEmbeddings)),
        };
    }
}
