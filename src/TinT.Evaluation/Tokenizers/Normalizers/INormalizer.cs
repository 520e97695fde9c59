using TinT.Evaluation.Tokenizers.Texts;

namespace TinT.Evaluation.Tokenizers.Normalizers;

/// <summary>Rewrites a text before it is cut. An instance works on one text at a time.</summary>
internal interface INormalizer
{
    /// <summary>Rewrites a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text as it becomes, valid until the next call; it may be empty.</returns>
    Piece Normalize(scoped in Piece text);
}
