using System.ComponentModel;

namespace TinT.Runtime.Execution;

/// <summary>Sizes of a GPU simulator's working memory, as planned by the compiler: the buffers of the CPU, then what only GPU kernels need.</summary>
/// <param name="Buffers">All buffers with a row per token.</param>
/// <param name="StatisticsColumns">Floats per token of attention statistics.</param>
/// <param name="HeadRows">Rows of logits that the head handles at once, at most.</param>
/// <param name="HeadParts">Parts of the vocabulary whose sums in the loss gradient are kept side by side; 1 if there are none.</param>
/// <param name="Width">Floats of one row of the hidden state.</param>
/// <param name="DualTokens">Runs with at most this many tokens use the dual form of the update, on devices with few multiprocessors.</param>
/// <param name="LargeGpuDualTokens">The same on devices with many.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct GpuArenaPlan(
    ArenaPlan Buffers, int StatisticsColumns, int HeadRows, int HeadParts, int Width, int DualTokens, int LargeGpuDualTokens)
{
    /// <summary>Multiprocessors from which on a device has many: the geometric mean of those of the two devices that the compiler compares both forms on.</summary>
    public const int LargeProcessors = 43;

    /// <summary>Columns of logits: the vocabulary.</summary>
    public int HeadColumns => Buffers.HeadColumns;

    /// <summary>Tokens that buffers make room for: whole lines of 128 bytes in each column.</summary>
    /// <param name="tokens">Tokens of the run.</param>
    public static int RoundUp(int tokens) => (tokens + 31) & ~31;

    /// <summary>Whether a run uses the dual form of the update.</summary>
    /// <param name="tokens">Tokens of the run.</param>
    public bool IsDual(int tokens) => tokens <= DualTokens;

    /// <summary>The plan for a device, whose number of tokens for the dual form is <see cref="DualTokens"/>.</summary>
    /// <param name="processors">Its multiprocessors.</param>
    public GpuArenaPlan On(int processors) => processors >= LargeProcessors ? this with { DualTokens = LargeGpuDualTokens } : this;

    /// <summary>Rows of logits that the head handles at once in a run.</summary>
    /// <param name="tokens">Tokens of the run.</param>
    public int BlockRows(int tokens) => Math.Min(HeadRows, RoundUp(tokens));

    /// <summary>Start of the attention statistics.</summary>
    /// <param name="tokens">Tokens of the run.</param>
    /// <param name="steps">Inner steps of the run.</param>
    public long StatisticsStart(int tokens, int steps) => Buffers.ColumnsPerToken(new ArenaForm(IsDual(tokens), steps)) * RoundUp(tokens);

    /// <summary>Start of the block of logits.</summary>
    /// <param name="tokens">Tokens of the run.</param>
    /// <param name="steps">Inner steps of the run.</param>
    public long HeadStart(int tokens, int steps) => StatisticsStart(tokens, steps) + ((long)StatisticsColumns * RoundUp(tokens));

    /// <summary>Start of the row that kernels share.</summary>
    /// <param name="tokens">Tokens of the run.</param>
    /// <param name="steps">Inner steps of the run.</param>
    public long RowStart(int tokens, int steps) => HeadStart(tokens, steps) + ((long)BlockRows(tokens) * HeadColumns);

    /// <summary>Start of the sums over parts of the vocabulary.</summary>
    /// <param name="tokens">Tokens of the run.</param>
    /// <param name="steps">Inner steps of the run.</param>
    public long HeadPartsStart(int tokens, int steps) => RowStart(tokens, steps) + Width;

    /// <summary>Floats of the whole arena.</summary>
    /// <param name="tokens">Tokens of the run.</param>
    /// <param name="steps">Inner steps of the run.</param>
    public long Length(int tokens, int steps) => HeadPartsStart(tokens, steps) + (HeadParts == 1 ? 0 : (long)HeadParts * BlockRows(tokens) * Width);
}
