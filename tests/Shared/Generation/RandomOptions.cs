using TinT.Model;
using TinT.Model.Architectures;

namespace TinT.Tests.Common;

/// <summary>What a random spec says of its auxiliary model: of each option that its architecture leaves open something, or nothing, so that there can be such a checkpoint.</summary>
internal static class RandomOptions
{
    /// <summary>An activation that models of an architecture can have.</summary>
    /// <param name="random">Where from.</param>
    /// <param name="architecture">The architecture.</param>
    public static string Activation(Random random, Architecture architecture)
    {
        // What no configuration of an architecture says is fixed.
        string drawn = SmallSpec.Activations[random.Next(SmallSpec.Activations.Count)];
        return architecture.Fields.Any(field => field.Option == AuxiliaryOptionTable.Activation) ? drawn : architecture.Activation;
    }

    /// <summary>Draws options.</summary>
    /// <param name="random">Where from.</param>
    /// <param name="architecture">The architecture.</param>
    /// <param name="hiddenSize">D.</param>
    /// <param name="heads">h.</param>
    /// <param name="layers">L.</param>
    public static AuxiliaryOptions Of(Random random, Architecture architecture, int hiddenSize, int heads, int layers)
    {
        bool Has(AuxiliaryOption option) => architecture.Options.Contains(option) && random.Next(2) == 0;
        bool Flip() => random.Next(2) == 0;
        int headSize = Has(AuxiliaryOptionTable.HeadSize) ? 2 * random.Next(1, (hiddenSize / 2) + 1) : hiddenSize / heads;
        PositionKind positions = architecture.Positions[random.Next(architecture.Positions.Count)];
        bool rotary = positions == PositionKind.Rotary;
        int turned = 2 * random.Next(1, (headSize / 2) + 1);
        bool slides = Has(AuxiliaryOptionTable.SlidingWindow);
        bool? parallel = Has(AuxiliaryOptionTable.ParallelResidual) ? Flip() : null;
        bool twoNorms = parallel != false && Has(AuxiliaryOptionTable.NewDecoderArchitecture);
        bool groups = architecture.Name != "falcon" || twoNorms;
        return new AuxiliaryOptions
        {
            HeadSize = headSize == hiddenSize / heads ? null : headSize,
            KeyValueHeadCount = architecture.Options.Contains(AuxiliaryOptionTable.KeyValueHeadCount)
                ? groups ? DivisorOf(heads, random) : Flip() ? heads : null
                : null,
            IntermediateSize = architecture.Name == "bloom" ? 4 * hiddenSize : Flip() ? random.Next(1, 4 * hiddenSize) : null,
            EmbeddingSize = Has(AuxiliaryOptionTable.EmbeddingSize) ? random.Next(2, hiddenSize) : null,
            NormPlacement = Has(AuxiliaryOptionTable.NormsBefore) ? NormPlacement.Post : null,
            Positions = architecture.Positions.Count > 1 ? positions : null,
            RopeTheta = rotary && architecture.Fields.Any(field => field.Option == AuxiliaryOptionTable.RopeTheta) && Has(AuxiliaryOptionTable.RopeTheta)
                ? random.Next(100, 100_000)
                : null,
            RotarySize = rotary && architecture.Options.Contains(AuxiliaryOptionTable.RotarySize) ? turned : null,
            PartialRotaryFactor = rotary && architecture.Options.Contains(AuxiliaryOptionTable.PartialRotaryFactor) ? (turned + 0.5) / (headSize + 0.5) : null,
            RopeScaling = rotary && Has(AuxiliaryOptionTable.Scaling)
                ? Flip() ? new RopeScaling(RopeScaling.Linear, 4) : new RopeScaling(RopeScaling.Llama3, 8, 1, 4, 12)
                : null,
            AttentionBias = Has(AuxiliaryOptionTable.AttentionBias) ? Flip() : null,
            FeedForwardBias = Has(AuxiliaryOptionTable.FeedForwardBias) ? Flip() : null,
            Bias = Has(AuxiliaryOptionTable.Bias) ? Flip() : null,
            SlidingWindow = slides ? random.Next(1, 8) : null,
            SlidingLayers = slides && architecture.Options.Contains(AuxiliaryOptionTable.LayerTypes)
                ? Enumerable.Range(0, layers).Select(_ => Flip()).ToEquatableArray()
                : null,
            QueryScalar = Has(AuxiliaryOptionTable.QueryScalar) ? random.Next(1, 2 * headSize) : null,
            ScoreCap = Has(AuxiliaryOptionTable.ScoreCap) ? Math.Round(0.3 + random.NextDouble(), 3) : null,
            LogitCap = Has(AuxiliaryOptionTable.LogitCap) ? Math.Round(0.5 + (2 * random.NextDouble()), 3) : null,
            ParallelResidual = parallel,
            NewDecoderArchitecture = twoNorms ? true : null,
            TieWordEmbeddings = Flip() ? Flip() : null,
        };
    }

    private static int DivisorOf(int number, Random random)
    {
        int[] divisors = [.. Enumerable.Range(1, number).Where(divisor => number % divisor == 0)];
        return divisors[random.Next(divisors.Length)];
    }
}
