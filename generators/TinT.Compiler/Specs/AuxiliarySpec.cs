using TinT.Model.Activations;
using TinT.Model.Architectures;
using TinT.Model.Norms;
using TinT.Model.Parameters;

namespace TinT.Compiler.Specs;

/// <summary>The auxiliary transformer, and the places of what most of it follows from. Field names are those of Hugging Face <c>config.json</c>.</summary>
/// <param name="Model">The model, every choice made.</param>
/// <param name="Places">Where the spec says it.</param>
public sealed record AuxiliarySpec(AuxiliaryDescription Model, AuxiliaryPlaces Places)
{
    /// <summary>Checkpoint naming and defaults.</summary>
    public Spanned<Architecture> Architecture => new(Model.Family(), Places.Architecture);

    /// <summary>Tokens in the vocabulary.</summary>
    public Spanned<int> VocabularySize => new(Model.VocabularySize, Places.VocabularySize);

    /// <summary>Context length: the most tokens in one sequence.</summary>
    public Spanned<int> MaxPositionEmbeddings => new(Model.MaxPositionEmbeddings, Places.MaxPositionEmbeddings);

    /// <summary>Embedding size D.</summary>
    public Spanned<int> HiddenSize => new(Model.HiddenSize, Places.HiddenSize);

    /// <summary>Transformer blocks L.</summary>
    public Spanned<int> LayerCount => new(Model.LayerCount, Places.LayerCount);

    /// <summary>Attention heads h.</summary>
    public Spanned<int> HeadCount => new(Model.HeadCount, Places.HeadCount);

    /// <summary>Feed-forward width.</summary>
    public Spanned<int> IntermediateSize => new(Model.IntermediateSize, Places.IntermediateSize);

    /// <summary>Feed-forward activation.</summary>
    public Spanned<Activation> Activation => new(KnownActivations.Of(Model.Activation), Places.Activation);

    /// <summary>ε of all norms.</summary>
    public Spanned<double> NormEpsilon => new(Model.NormEpsilon, Places.NormEpsilon);

    /// <summary>Size of one attention head.</summary>
    public int HeadSize => Model.HeadSize;

    /// <summary>Number K of D×D blocks that simulate the feed-forward block: its width in blocks of D, the last of which may be less.</summary>
    public int FeedForwardBlocks => (Model.IntermediateSize + Model.HiddenSize - 1) / Model.HiddenSize;

    /// <summary>Its norms.</summary>
    public Norm Norm => KnownNorms.Of(Model.Norm);

    /// <summary>Weights and biases; an output head that is the token embedding counts once.</summary>
    public long ParameterCount => Model.ParameterCount();
}
