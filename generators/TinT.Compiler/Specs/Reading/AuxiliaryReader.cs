using TinT.Compiler.Specs.Format;
using TinT.Model.Activations;
using TinT.Model.Architectures;

namespace TinT.Compiler.Specs.Reading;

/// <summary>Reads the section <c>auxiliary</c> and fills its defaults in.</summary>
internal static class AuxiliaryReader
{
    private const double DefaultEpsilon = 1e-5;

    /// <summary>Reads the section. Defaults: architecture gpt2, feed-forward width 4·D, activation by architecture, ε = 1e-5.</summary>
    public static AuxiliaryFields Read(SectionReader section)
    {
        Spanned<Architecture>? architecture = section.Read(AuxiliaryFormat.Architecture).Or(KnownArchitectures.All[0], section.Span);
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
            norm.Read(AuxiliaryFormat.NormEpsilon).Or(DefaultEpsilon, norm.Span));
    }

    private static Activation DefaultActivation(Spanned<Architecture>? architecture) =>
        KnownActivations.Of((architecture?.Value ?? KnownArchitectures.All[0]).Activation);
}
