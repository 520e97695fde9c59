using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Cpu.Tiles;

namespace TinT.Runtime.Cpu.Attention;

/// <summary>Blocks of rows of the attention matrix.</summary>
/// <param name="q">Queries, [T, heads · d].</param>
/// <param name="k">Keys, [T, heads of keys · d].</param>
/// <param name="form">Heads, scale, slopes, window.</param>
/// <param name="mask">What is forbidden.</param>
internal readonly unsafe struct AttentionScores(MatrixView q, MatrixView k, AttentionForm form, AttentionMask mask)
{
    /// <summary>Queries of a block.</summary>
    public const int BlockRows = 8 * TileShape.Rows;

    public int Heads => form.Heads;

    /// <summary>Heads of keys and values.</summary>
    public int KeyValueHeads => form.KeyValueHeads;

    /// <summary>The head of keys and values that a head reads.</summary>
    public int KeyHead(int head) => head / form.GroupSize;

    public int HeadSize => q.Columns / form.Heads;

    public int Tokens => q.Rows;

    public float Scale => form.Scale ?? 1f / MathF.Sqrt(HeadSize);

    /// <summary>Whether scores are bounded.</summary>
    public bool IsCapped => form.Cap > 0;

    /// <summary>The part of one head of some rows of a matrix.</summary>
    public MatrixView Part(MatrixView matrix, int head, int firstRow, int rows) =>
        matrix.RowRange(firstRow, rows).ColumnRange(head * HeadSize, HeadSize);

    /// <summary>Layout of the transposed keys, or values, of a head: [head size, T].</summary>
    public PackedRight TransposedLayout<TLanes>()
        where TLanes : struct, ILanes<TLanes> => PackedRight.Plan<TLanes>(Tokens, HeadSize);

    /// <summary>Layout of the rows of a head: [T, head size].</summary>
    public PackedRight RowsLayout<TLanes>()
        where TLanes : struct, ILanes<TLanes> => PackedRight.Plan<TLanes>(HeadSize, Tokens);

    /// <summary>Packs a head of keys as <see cref="TransposedLayout"/> says.</summary>
    public void PackKeys<TLanes>(int head, float* keys)
        where TLanes : struct, ILanes<TLanes>
    {
        PackedRight layout = TransposedLayout<TLanes>();
        new PackRight<TLanes>(Part(k, head, 0, Tokens), layout, keys, transposed: true).Run(0, layout.BlockCount, 0);
    }

    /// <summary>Some queries of a head.</summary>
    public MatrixView Queries(int head, int firstQuery, int queries) => Part(q, head, firstQuery, queries);

    /// <summary>A head of keys.</summary>
    public MatrixView Keys(int head) => Part(k, head, 0, Tokens);

    /// <summary>exp(score − largest score of the row) for the keys each query sees, 0 for the others up to the block's last query.</summary>
    /// <param name="head">The head.</param>
    /// <param name="firstQuery">First query of the block.</param>
    /// <param name="queries">Queries of the block.</param>
    /// <param name="keys">The packed keys.</param>
    /// <param name="weights">[queries, firstQuery + queries] as a left operand.</param>
    /// <param name="request">Whether keys are requested ahead, as they are not in the second-level cache.</param>
    /// <param name="inverseSums">1 / row sum of <paramref name="weights"/>, 0 where nothing is seen.</param>
    /// <param name="capSlopes">Receives the slopes of bounded scores, laid out as <paramref name="weights"/>; null if they are not wanted.</param>
    public void Exponentials<TLanes>(
        int head, int firstQuery, int queries, float* keys, float* weights, bool request, Span<float> inverseSums, float* capSlopes = null)
        where TLanes : struct, ILanes<TLanes>
    {
        int visible = firstQuery + queries;
        PackedLeft layout = new(queries, visible);
        AttentionProducts<TLanes>.IntoBlocks(LeftOperand.Rows(Queries(head, firstQuery, queries)), TransposedLayout<TLanes>(), keys, weights, layout, request);
        for (int row = 0; row < queries; row++)
        {
            float* allowed = mask.IsNone ? null : mask.Allowed.Pointer + ((nint)(firstQuery + row) * mask.Allowed.Stride);
            AttentionRow<TLanes> scores = new(weights, layout, row, firstQuery + row + 1);
            if (form.Cap > 0)
                scores.Cap(Scale, form.Cap, capSlopes);
            if (form.Slopes is { } slopes)
                scores.AddDistances(slopes[head] / Scale, mask.Positions.Span);
            if (form.Window > 0)
                scores.ForbidFirst(firstQuery + row + 1 - form.Window);
            inverseSums[row] = scores.Exponentiate(allowed, Scale);
        }
    }
}
