namespace TinT.Model;

/// <summary>Sizes of an auxiliary model, of which the shapes of its parameters are formulas.</summary>
/// <param name="VocabularySize">Tokens V in the vocabulary.</param>
/// <param name="MaxPositionEmbeddings">Context length: the most tokens in one sequence.</param>
/// <param name="HiddenSize">Embedding size D.</param>
/// <param name="LayerCount">Transformer blocks L.</param>
/// <param name="HeadCount">Attention heads h.</param>
/// <param name="IntermediateSize">Feed-forward width.</param>
public sealed record ModelSizes(int VocabularySize, int MaxPositionEmbeddings, int HiddenSize, int LayerCount, int HeadCount, int IntermediateSize)
{
    /// <summary>Rows in front of the position table that belong to no position.</summary>
    public int UnusedPositions { get; init; }
}
