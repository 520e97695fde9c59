using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs.Fields;
using TinT.Compiler.Specs.Format;
using TinT.Model.Activations;
using TinT.Model.Architectures;

namespace TinT.Compiler.Specs.Reading;

/// <summary>Reads the section <c>auxiliary</c> and fills its defaults in.</summary>
internal static class AuxiliaryReader
{
    /// <summary>Reads the section. What is absent is as the architecture has it.</summary>
    public static AuxiliaryFields Read(SectionReader section)
    {
        Spanned<Architecture>? given = section.ReadOrDefault(AuxiliaryFormat.Architecture);
        Architecture architecture = given?.Value ?? AuxiliaryFormat.Architecture.Default;
        SectionReader norm = section.OpenSection(AuxiliaryFormat.Norm);
        SectionReader positions = section.OpenSection(AuxiliaryFormat.Positions);
        Spanned<int>? hiddenSize = section.Read(AuxiliaryFormat.HiddenSize).Value;
        Field<int> intermediateSize = section.Read(AuxiliaryFormat.IntermediateSize);
        Field<Activation> activation = section.Read(AuxiliaryFormat.Activation);
        Field<double> epsilon = norm.Read(AuxiliaryFormat.NormEpsilon);
        AuxiliaryFields fields = new(
            given,
            section.Read(AuxiliaryFormat.VocabularySize).Value,
            section.Read(AuxiliaryFormat.MaxPositionEmbeddings).Value,
            hiddenSize,
            section.Read(AuxiliaryFormat.LayerCount).Value,
            section.Read(AuxiliaryFormat.HeadCount).Value,
            hiddenSize is { } size ? intermediateSize.Or(4 * size.Value, section.Span) : intermediateSize.Value,
            activation.Or(KnownActivations.Of(architecture.Activation), section.Span),
            epsilon.Or(architecture.Epsilon, norm.Span))
        {
            Options = new AuxiliaryOptions(),
            Places = Places(section, norm, positions),
            Section = section.Span,
            Norm = norm.Read(AuxiliaryFormat.NormKind).Value,
        };
        return fields with
        {
            Options = new AuxiliaryOptions
            {
                VocabularySize = fields.VocabularySize?.Value,
                MaxPositionEmbeddings = fields.MaxPositionEmbeddings?.Value,
                HiddenSize = hiddenSize?.Value,
                LayerCount = fields.LayerCount?.Value,
                HeadCount = fields.HeadCount?.Value,
                IntermediateSize = fields.IntermediateSize?.Value,
                Activation = fields.Activation?.Value.Name,
                NormEpsilon = fields.NormEpsilon?.Value,
                KeyValueHeadCount = section.Read(AuxiliaryFormat.KeyValueHeadCount).Value?.Value,
                HeadSize = section.Read(AuxiliaryFormat.HeadSize).Value?.Value,
                EmbeddingSize = section.Read(AuxiliaryFormat.EmbeddingSize).Value?.Value,
                NormPlacement = norm.Read(AuxiliaryFormat.NormPlacement).Value?.Value,
                Positions = positions.Read(AuxiliaryFormat.PositionsKind).Value?.Value,
                RopeTheta = positions.Read(AuxiliaryFormat.RopeTheta).Value?.Value,
                PartialRotaryFactor = positions.Read(AuxiliaryFormat.PartialRotaryFactor).Value?.Value,
                RotarySize = positions.Read(AuxiliaryFormat.RotarySize).Value?.Value,
                RopeScaling = ReadScaling(positions),
                AttentionBias = section.Read(AuxiliaryFormat.AttentionBias).Value?.Value,
                FeedForwardBias = section.Read(AuxiliaryFormat.FeedForwardBias).Value?.Value,
                Bias = section.Read(AuxiliaryFormat.Bias).Value?.Value,
                SlidingWindow = section.Read(AuxiliaryFormat.SlidingWindow).Value?.Value,
                SlidingLayers = section.Read(AuxiliaryFormat.LayerTypes).Value?.Value,
                QueryScalar = section.Read(AuxiliaryFormat.QueryScalar).Value?.Value,
                ScoreCap = section.Read(AuxiliaryFormat.ScoreCap).Value?.Value,
                LogitCap = section.Read(AuxiliaryFormat.LogitCap).Value?.Value,
                ParallelResidual = section.Read(AuxiliaryFormat.ParallelResidual).Value?.Value,
                NewDecoderArchitecture = section.Read(AuxiliaryFormat.NewDecoderArchitecture).Value?.Value,
                TieWordEmbeddings = section.Read(AuxiliaryFormat.TieWordEmbeddings).Value?.Value,
            },
        };
    }

    private static RopeScaling? ReadScaling(SectionReader positions)
    {
        if (positions.Find(AuxiliaryFormat.Scaling) is null)
            return null;
        SectionReader section = positions.OpenSection(AuxiliaryFormat.Scaling);
        Spanned<string>? kind = section.Read(AuxiliaryFormat.RopeType).Value;
        Spanned<double>? factor = section.Read(AuxiliaryFormat.RopeFactor).Value;
        Spanned<double>? low = section.ReadOrDefault(AuxiliaryFormat.LowFrequencyFactor);
        Spanned<double>? high = section.ReadOrDefault(AuxiliaryFormat.HighFrequencyFactor);
        Spanned<int>? context = section.ReadOrDefault(AuxiliaryFormat.OriginalMaxPositionEmbeddings);
        return kind is { } name && factor is { } number && low is { } lowFactor && high is { } highFactor && context is { } original
            ? new RopeScaling(name, number, lowFactor, highFactor, original)
            : null;
    }

    private static Dictionary<string, SourceSpan> Places(SectionReader section, SectionReader norm, SectionReader positions)
    {
        var places = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        Add(section, AuxiliaryFormat.Section, string.Empty);
        Add(norm, AuxiliaryFormat.Norm, "norm.");
        Add(positions, AuxiliaryFormat.Positions, "positions.");
        return places;

        void Add(SectionReader reader, SectionKey format, string prefix)
        {
            foreach (KeyFormat key in format.Keys)
            {
                if (reader.Find(key) is { } place)
                    places.Add(prefix + key.Name, place);
            }
        }
    }
}
