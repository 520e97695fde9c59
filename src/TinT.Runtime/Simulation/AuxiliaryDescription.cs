using TinT.Model;
using TinT.Model.Architectures;

namespace TinT.Runtime.Simulation;

/// <summary>Shape of the auxiliary transformer; strings are those of the spec.</summary>
/// <param name="Architecture"><c>gpt2</c> or <c>opt</c>.</param>
/// <param name="VocabularySize">Tokens V in the vocabulary.</param>
/// <param name="MaxPositionEmbeddings">Context length: the most tokens in one sequence.</param>
/// <param name="HiddenSize">Embedding size D.</param>
/// <param name="LayerCount">Transformer blocks L.</param>
/// <param name="HeadCount">Attention heads h.</param>
/// <param name="IntermediateSize">Feed-forward width.</param>
/// <param name="Activation"><c>gelu_new</c>, <c>gelu</c>, <c>relu</c> or <c>silu</c>.</param>
/// <param name="NormEpsilon">ε added to the variance in layer norms.</param>
public sealed record AuxiliaryDescription(
    string Architecture,
    int VocabularySize,
    int MaxPositionEmbeddings,
    int HiddenSize,
    int LayerCount,
    int HeadCount,
    int IntermediateSize,
    string Activation,
    double NormEpsilon)
{
    /// <summary>The table of its architecture.</summary>
    /// <exception cref="ArgumentException">There is no such architecture.</exception>
    public Model.Architectures.Architecture Family() => KnownArchitectures.Of(Architecture);

    /// <summary>Its sizes, of which the shapes of its parameters are formulas.</summary>
    public ModelSizes Sizes() => new(VocabularySize, MaxPositionEmbeddings, HiddenSize, LayerCount, HeadCount, IntermediateSize)
    {
        UnusedPositions = Family().UnusedPositions,
    };
}
