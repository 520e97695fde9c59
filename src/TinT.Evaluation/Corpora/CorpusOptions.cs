namespace TinT.Evaluation.Corpora;

/// <summary>How a text is cut into blocks.</summary>
/// <param name="BlockSize">Tokens in a block; normally the model's context length.</param>
public sealed record CorpusOptions(int BlockSize)
{
    /// <summary>
    /// Cut and drop the remainder after every this many lines that are not empty, as the authors' data pipeline did with 1000;
    /// <see langword="null"/> to drop only at the end of the text.
    /// </summary>
    public int? GroupLines { get; init; }

    /// <summary>Stop after this many blocks; <see langword="null"/> for all.</summary>
    public int? MaxBlocks { get; init; }
}
