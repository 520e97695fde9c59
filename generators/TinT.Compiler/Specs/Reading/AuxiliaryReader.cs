using TinT.Compiler.Specs.Fields;
using TinT.Compiler.Specs.Format;
using TinT.Model.Activations;
using TinT.Model.Architectures;

namespace TinT.Compiler.Specs.Reading;

/// <summary>Reads the section <c>auxiliary</c> and fills its defaults in.</summary>
internal static class AuxiliaryReader
{
    /// <summary>Reads the section. The feed-forward width is 4·D, and the activation the architecture's, where they are absent.</summary>
    public static AuxiliaryFields Read(SectionReader section)
    {
        Spanned<Architecture>? architecture = section.ReadOrDefault(AuxiliaryFormat.Architecture);
        Spanned<int>? hiddenSize = section.Read(AuxiliaryFormat.HiddenSize).Value;
        SectionReader norm = section.OpenSection(AuxiliaryFormat.Norm);
        norm.Read(AuxiliaryFormat.NormKind);
        norm.Read(AuxiliaryFormat.NormPlacement);
        SectionReader positions = section.OpenSection(AuxiliaryFormat.Positions);
        positions.Read(AuxiliaryFormat.PositionsKind);

        Field<int> intermediateSize = section.Read(AuxiliaryFormat.IntermediateSize);
        Field<Activation> activation = section.Read(AuxiliaryFormat.Activation);
        return new AuxiliaryFields(
            architecture,
            section.Read(AuxiliaryFormat.VocabularySize).Value,
            section.Read(AuxiliaryFormat.MaxPositionEmbeddings).Value,
            hiddenSize,
            section.Read(AuxiliaryFormat.LayerCount).Value,
            section.Read(AuxiliaryFormat.HeadCount).Value,
            hiddenSize is { } size ? intermediateSize.Or(4 * size.Value, section.Span) : intermediateSize.Value,
            activation.Or(DefaultActivation(architecture), section.Span),
            norm.ReadOrDefault(AuxiliaryFormat.NormEpsilon));
    }

    private static Activation DefaultActivation(Spanned<Architecture>? architecture) =>
        KnownActivations.Of((architecture?.Value ?? AuxiliaryFormat.Architecture.Default).Activation);
}
