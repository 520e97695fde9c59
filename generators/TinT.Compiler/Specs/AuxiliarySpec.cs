using TinT.Model.Activations;
using TinT.Model.Architectures;
using TinT.Model.Norms;
using TinT.Model.Parameters;

namespace TinT.Compiler.Specs;

/// <summary>The auxiliary transformer: the model, and the places of what most of it follows from. Field names are those of Hugging Face <c>config.json</c>.</summary>
/// <param name="Architecture">Checkpoint naming and defaults.</param>
/// <param name="VocabularySize">Tokens in the vocabulary.</param>
/// <param name="MaxPositionEmbeddings">Context length: the most tokens in one sequence.</param>
/// <param name="HiddenSize">Embedding size D.</param>
/// <param name="LayerCount">Transformer blocks L.</param>
/// <param name="HeadCount">Attention heads h.</param>
/// <param name="IntermediateSize">Feed-forward width.</param>
/// <param name="Activation">Feed-forward activation.</param>
/// <param name="NormEpsilon">ε of all norms.</param>
/// <param name="Model">The model, every choice made.</param>
public sealed record AuxiliarySpec(
    Spanned<Architecture> Architecture,
    Spanned<int> VocabularySize,
    Spanned<int> MaxPositionEmbeddings,
    Spanned<int> HiddenSize,
    Spanned<int> LayerCount,
    Spanned<int> HeadCount,
    Spanned<int> IntermediateSize,
    Spanned<Activation> Activation,
    Spanned<double> NormEpsilon,
    AuxiliaryDescription Model)
{
    /// <summary>Size of one attention head.</summary>
    public int HeadSize => Model.HeadSize;

    /// <summary>Number K of D×D blocks that simulate the feed-forward block: its width in blocks of D, the last of which may be less.</summary>
    public int FeedForwardBlocks => (IntermediateSize.Value + HiddenSize.Value - 1) / HiddenSize.Value;

    /// <summary>Its norms.</summary>
    public Norm Norm => KnownNorms.Of(Model.Norm);

    /// <summary>Weights and biases; an output head that is the token embedding counts once.</summary>
    public long ParameterCount => Model.ParameterCount();
}
