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
    /// <summary>The whole spec, once nothing is missing.</summary>
    public AuxiliarySpec ToSpec() => new(
        Architecture!.Value,
        VocabularySize!.Value,
        MaxPositionEmbeddings!.Value,
        HiddenSize!.Value,
        LayerCount!.Value,
        HeadCount!.Value,
        IntermediateSize!.Value,
        Activation!.Value,
        NormEpsilon!.Value);
}
