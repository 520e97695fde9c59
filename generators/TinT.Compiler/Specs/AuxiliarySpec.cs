using TinT.Model;
using TinT.Model.Activations;
using TinT.Model.Architectures;
using TinT.Model.Norms;

namespace TinT.Compiler.Specs;

/// <summary>The auxiliary transformer. Field names are those of Hugging Face <c>config.json</c>.</summary>
/// <param name="Architecture">Checkpoint naming and defaults.</param>
/// <param name="VocabularySize">Tokens in the vocabulary.</param>
/// <param name="MaxPositionEmbeddings">Context length: the most tokens in one sequence.</param>
/// <param name="HiddenSize">Embedding size D.</param>
/// <param name="LayerCount">Transformer blocks L.</param>
/// <param name="HeadCount">Attention heads h; D / h is the head size.</param>
/// <param name="IntermediateSize">Feed-forward width K·D.</param>
/// <param name="Activation">Feed-forward activation.</param>
/// <param name="NormEpsilon">ε added to the variance in layer norms.</param>
public sealed record AuxiliarySpec(
    Spanned<Architecture> Architecture,
    Spanned<int> VocabularySize,
    Spanned<int> MaxPositionEmbeddings,
    Spanned<int> HiddenSize,
    Spanned<int> LayerCount,
    Spanned<int> HeadCount,
    Spanned<int> IntermediateSize,
    Spanned<Activation> Activation,
    Spanned<double> NormEpsilon)
{
    /// <summary>Size of one attention head, D / h.</summary>
    public int HeadSize => HiddenSize.Value / HeadCount.Value;

    /// <summary>Number K of D×D blocks that simulate the feed-forward block: its width in blocks of D, the last of which may be less.</summary>
    public int FeedForwardBlocks => (IntermediateSize.Value + HiddenSize.Value - 1) / HiddenSize.Value;

    /// <summary>Its norms.</summary>
    public Norm Norm => KnownNorms.Of(Architecture.Value.Norm);

    /// <summary>Its sizes, of which the shapes of its parameters are formulas.</summary>
    public ModelSizes Sizes => new(VocabularySize, MaxPositionEmbeddings, HiddenSize, LayerCount, HeadCount, IntermediateSize)
    {
        UnusedPositions = Architecture.Value.UnusedPositions,
    };

    /// <summary>Weights and biases; an output head that is the token embedding counts once.</summary>
    public long ParameterCount => Architecture.Value.ParameterCount(Sizes);
}
