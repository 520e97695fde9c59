using TinT.Compiler.Diagnostics;
using TinT.Model.Activations;
using TinT.Model.Architectures;

namespace TinT.Compiler.Specs.Fields;

/// <summary>What could be read of an <see cref="AuxiliarySpec"/>; what is missing has been reported.</summary>
internal sealed record AuxiliaryFields(
    Spanned<Architecture>? Architecture,
    Spanned<int>? VocabularySize,
    Spanned<int>? MaxPositionEmbeddings,
    Spanned<int>? HiddenSize,
    Spanned<int>? LayerCount,
    Spanned<int>? HeadCount,
    Spanned<int>? IntermediateSize,
    Spanned<Activation>? Activation,
    Spanned<double>? NormEpsilon)
{
    /// <summary>All that is said.</summary>
    public required AuxiliaryOptions Options { get; init; }

    /// <summary>Places of the keys that are there, by their paths below the section.</summary>
    public required IReadOnlyDictionary<string, SourceSpan> Places { get; init; }

    /// <summary>Place of the section.</summary>
    public required SourceSpan Section { get; init; }

    /// <summary>The norm that is asked for; <see langword="null"/> for the architecture's.</summary>
    public Spanned<string>? Norm { get; init; }

    /// <summary>The model, as far as it is known: sizes that are missing are 1.</summary>
    public AuxiliaryDescription Model => (Architecture?.Value ?? KnownArchitectures.All[0]).Describe(Options);

    /// <summary>The place of a key, or of the section if it is not there.</summary>
    /// <param name="key">Path of the key below the section.</param>
    public SourceSpan PlaceOf(string key) => Places.TryGetValue(key, out SourceSpan place) ? place : Section;

    /// <summary>The whole spec, once nothing is missing.</summary>
    public AuxiliarySpec ToSpec() => new(Model, new AuxiliaryPlaces(
        Architecture!.Value.Span,
        VocabularySize!.Value.Span,
        MaxPositionEmbeddings!.Value.Span,
        HiddenSize!.Value.Span,
        LayerCount!.Value.Span,
        HeadCount!.Value.Span,
        IntermediateSize!.Value.Span,
        Activation!.Value.Span,
        NormEpsilon!.Value.Span));
}
