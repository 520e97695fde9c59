namespace TinT.Runtime.Execution;

/// <summary>Sizes of a GPU simulator's working memory, as planned by the compiler.</summary>
/// <param name="ColumnsPerToken">Floats per token of all buffers with a row per token.</param>
/// <param name="StatisticsColumns">Floats per token of attention statistics.</param>
/// <param name="HeadRows">Rows of logits that the head handles at once, at most.</param>
/// <param name="HeadColumns">Columns of logits: the vocabulary.</param>
/// <param name="Width">Floats of one row of the hidden state.</param>
public readonly record struct GpuArenaPlan(long ColumnsPerToken, int StatisticsColumns, int HeadRows, int HeadColumns, int Width)
{
    /// <summary>Tokens that buffers make room for: whole lines of 128 bytes in each column.</summary>
    /// <param name="tokens">Tokens of the run.</param>
    public static int RoundUp(int tokens) => (tokens + 31) & ~31;

    /// <summary>Rows of logits that the head handles at once in a run.</summary>
    /// <param name="tokens">Tokens of the run.</param>
    public int BlockRows(int tokens) => Math.Min(HeadRows, RoundUp(tokens));

    /// <summary>Start of the attention statistics.</summary>
    /// <param name="tokens">Tokens of the run.</param>
    public long StatisticsStart(int tokens) => ColumnsPerToken * RoundUp(tokens);

    /// <summary>Start of the block of logits.</summary>
    /// <param name="tokens">Tokens of the run.</param>
    public long HeadStart(int tokens) => StatisticsStart(tokens) + ((long)StatisticsColumns * RoundUp(tokens));

    /// <summary>Start of the row that kernels share.</summary>
    /// <param name="tokens">Tokens of the run.</param>
    public long RowStart(int tokens) => HeadStart(tokens) + ((long)BlockRows(tokens) * HeadColumns);

    /// <summary>Floats of the whole arena.</summary>
    /// <param name="tokens">Tokens of the run.</param>
    public long Length(int tokens) => RowStart(tokens) + Width;
}
