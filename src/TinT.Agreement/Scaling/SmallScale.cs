using TinT.Compiler.Specs;
using TinT.Model;

namespace TinT.Agreement.Scaling;

/// <summary>
/// Scales specs down so that everything about them can be compared in seconds. What the construction is made of stays: the heads of
/// both models, S rows in each prefix, the ratios H / D, d / D and I / D, the options, and which share of the layers is trained.
/// </summary>
public static class SmallScale
{
    private const int SmallestHiddenSize = 16;
    private const int SmallestHeadSize = 2;
    private const int MostLayers = 3;
    private const int MostTokensInContext = 24;
    private const int MostTokensInVocabulary = 61;
    private const int MostTokensInWindow = 7;

    /// <summary>The scaled spec; one that is small already stays as it is.</summary>
    /// <param name="spec">The spec.</param>
    public static ModelSpec Of(ModelSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        AuxiliaryDescription auxiliary = spec.Auxiliary.Model;
        int hidden = HiddenSize(auxiliary, spec.Simulator.Sharding);
        int layers = Math.Min(auxiliary.LayerCount, MostLayers);
        int Scaled(int width) => Math.Max(1, (int)((long)width * hidden / auxiliary.HiddenSize));
        int headSize = Scaled(auxiliary.HeadSize);
        return spec with
        {
            Auxiliary = spec.Auxiliary with
            {
                Model = auxiliary with
                {
                    VocabularySize = Math.Min(auxiliary.VocabularySize, MostTokensInVocabulary),
                    MaxPositionEmbeddings = Math.Min(auxiliary.MaxPositionEmbeddings, MostTokensInContext),
                    HiddenSize = hidden,
                    HeadSize = headSize,
                    LayerCount = layers,
                    IntermediateSize = Scaled(auxiliary.IntermediateSize),
                    EmbeddingSize = Scaled(auxiliary.EmbeddingSize),
                    Rotary = auxiliary.Rotary is { } rotary ? rotary with { Size = Math.Max(2, rotary.Size * headSize / auxiliary.HeadSize / 2 * 2) } : null,
                    QueryScalar = auxiliary.QueryScalar * headSize / auxiliary.HeadSize,
                    SlidingWindow = Math.Min(auxiliary.SlidingWindow, MostTokensInWindow),
                    SlidingLayers = auxiliary.SlidingLayers.Skip(auxiliary.LayerCount - layers).ToEquatableArray(),
                },
            },
            Simulator = spec.Simulator with
            {
                PrefixTokens = hidden / spec.Simulator.Sharding,
                HiddenSize = Changed(spec.Simulator.HiddenSize, spec.Simulator.HiddenSize / auxiliary.HiddenSize * hidden),
            },
            Training = spec.Training with { Layers = Changed(spec.Training.Layers, TrainedLayers(spec.Training.Layers, auxiliary.LayerCount, layers)) },
        };
    }

    /// <summary>
    /// A multiple of S, and of what makes the ratio d / D whole, so that every rule that held for D holds for it; with rotary positions heads stay even.
    /// </summary>
    private static int HiddenSize(AuxiliaryDescription model, int sharding)
    {
        int common = Divisor(model.HiddenSize, model.HeadSize);
        bool doubles = model.Rotary is not null && model.HeadSize / common % 2 != 0;
        int whole = model.HiddenSize / common * (doubles ? 2 : 1);
        int unit = whole / Divisor(whole, sharding) * sharding;
        int wanted = Math.Max(SmallestHiddenSize, SmallestHeadSize * model.HeadCount);
        return Math.Min(model.HiddenSize, (wanted + unit - 1) / unit * unit);
    }

    private static int Divisor(int first, int second) => (int)System.Numerics.BigInteger.GreatestCommonDivisor(first, second);

    /// <summary>The same share of the layers; some stay untrained if some did.</summary>
    private static int TrainedLayers(int trained, int layers, int scaledLayers)
    {
        if (trained == layers)
            return scaledLayers;
        int share = (int)Math.Round((double)trained * scaledLayers / layers, MidpointRounding.AwayFromZero);
        return Math.Clamp(share, 1, Math.Max(1, scaledLayers - 1));
    }

    private static Spanned<int> Changed(Spanned<int> value, int changed) => value with { Value = changed };
}
