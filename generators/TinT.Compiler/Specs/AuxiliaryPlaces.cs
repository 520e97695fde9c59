using TinT.Compiler.Diagnostics;

namespace TinT.Compiler.Specs;

/// <summary>Where a spec says what its auxiliary model is; for a default, the place of the section it belongs to.</summary>
/// <param name="Architecture">Of the architecture.</param>
/// <param name="VocabularySize">Of the vocabulary.</param>
/// <param name="MaxPositionEmbeddings">Of the context.</param>
/// <param name="HiddenSize">Of D.</param>
/// <param name="LayerCount">Of the blocks.</param>
/// <param name="HeadCount">Of the heads.</param>
/// <param name="IntermediateSize">Of the feed-forward width.</param>
/// <param name="Activation">Of the activation.</param>
/// <param name="NormEpsilon">Of ε.</param>
public sealed record AuxiliaryPlaces(
    SourceSpan Architecture,
    SourceSpan VocabularySize,
    SourceSpan MaxPositionEmbeddings,
    SourceSpan HiddenSize,
    SourceSpan LayerCount,
    SourceSpan HeadCount,
    SourceSpan IntermediateSize,
    SourceSpan Activation,
    SourceSpan NormEpsilon);
