namespace TinT.Runtime.Execution;

/// <summary>Sizes of a simulator's working memory, as planned by the compiler.</summary>
/// <param name="ColumnsPerToken">Floats per token of all buffers with a row per token.</param>
/// <param name="HeadRows">Rows of logits that the head handles at once.</param>
/// <param name="HeadColumns">Columns of logits: the vocabulary.</param>
public readonly record struct ArenaPlan(long ColumnsPerToken, int HeadRows, int HeadColumns)
{
    /// <summary>Tokens that buffers make room for: a whole number of cache lines in each column.</summary>
    internal static int RoundUp(int tokens) => (tokens + 15) & ~15;

    /// <summary>Floats of the whole arena for sequences of <paramref name="tokens"/> tokens.</summary>
    public long Length(int tokens) => (ColumnsPerToken * RoundUp(tokens)) + ((long)HeadRows * HeadColumns);
}
