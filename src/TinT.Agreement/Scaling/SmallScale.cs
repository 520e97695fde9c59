using TinT.Compiler.Specs;

namespace TinT.Agreement.Scaling;

/// <summary>
/// Scales specs down so that everything about them can be compared in seconds. What the construction is made of stays: the heads of
/// both models, S rows in each prefix, the ratios H / D and K, the options, and which share of the layers is trained.
/// </summary>
public static class SmallScale
{
    private const int SmallestHiddenSize = 16;
    private const int SmallestHeadSize = 2;
    private const int MostLayers = 3;
    private const int MostTokensInContext = 24;
    private const int MostTokensInVocabulary = 61;

    /// <summary>The scaled spec; one that is small already stays as it is.</summary>
    /// <param name="spec">The spec.</param>
    public static ModelSpec Of(ModelSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        AuxiliarySpec auxiliary = spec.Auxiliary;
        int hidden = HiddenSize(auxiliary.HiddenSize, auxiliary.HeadCount, spec.Simulator.Sharding);
        int layers = Math.Min(auxiliary.LayerCount, MostLayers);
        return spec with
        {
            Auxiliary = auxiliary with
            {
                VocabularySize = Changed(auxiliary.VocabularySize, Math.Min(auxiliary.VocabularySize, MostTokensInVocabulary)),
                MaxPositionEmbeddings = Changed(auxiliary.MaxPositionEmbeddings, Math.Min(auxiliary.MaxPositionEmbeddings, MostTokensInContext)),
                HiddenSize = Changed(auxiliary.HiddenSize, hidden),
                LayerCount = Changed(auxiliary.LayerCount, layers),
                IntermediateSize = Changed(auxiliary.IntermediateSize, auxiliary.FeedForwardBlocks * hidden),
            },
            Simulator = spec.Simulator with
            {
                PrefixTokens = hidden / spec.Simulator.Sharding,
                HiddenSize = Changed(spec.Simulator.HiddenSize, spec.Simulator.HiddenSize / auxiliary.HiddenSize * hidden),
            },
            Training = spec.Training with { Layers = Changed(spec.Training.Layers, TrainedLayers(spec.Training.Layers, auxiliary.LayerCount, layers)) },
        };
    }

    /// <summary>A multiple of the heads and of S, so that every rule that held for D holds for it.</summary>
    private static int HiddenSize(int hiddenSize, int heads, int sharding)
    {
        int unit = heads / (int)System.Numerics.BigInteger.GreatestCommonDivisor(heads, sharding) * sharding;
        int wanted = Math.Max(SmallestHiddenSize, SmallestHeadSize * heads);
        return Math.Min(hiddenSize, (wanted + unit - 1) / unit * unit);
    }

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
