using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Cpu.Threads;
using TinT.Runtime.Cpu.Tiles;

namespace TinT.Runtime.Cpu.Attention;

/// <summary>output = A v; a kernel row is a block of queries of a head.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
internal readonly unsafe struct AttentionForward<TLanes>(
    Workers workers, AttentionScores scores, float* packed, MatrixView output) : IRowKernel
    where TLanes : struct, ILanes<TLanes>
{
    private readonly float* packed = packed;

    public static void Run(Workers workers, AttentionScores scores, MatrixView v, MatrixView output)
    {
        if (scores.Tokens == 0 || output.Columns == 0)
            return;

        float* packed = workers.SharedScratch(scores.KeyValueHeads * HeadLength(scores));
        workers.Run(new PackHeads(scores, v, packed), scores.KeyValueHeads, 1);
        workers.Run(new AttentionForward<TLanes>(workers, scores, packed, output), scores.Heads * BlockCount(scores), 1);
    }

    public void Run(int firstRow, int rowCount, int worker)
    {
        for (int row = firstRow; row < firstRow + rowCount; row++)
        {
            // The last queries see the most keys; they come first, so that no worker is left with a long block at the end.
            (int block, int head) = Math.DivRem(row, scores.Heads);
            int rows = AttentionScores.BlockRows;
            int first = (BlockCount(scores) - 1 - block) * rows;
            Compute(head, first, Math.Min(rows, scores.Tokens - first), worker);
        }
    }

    private static int BlockCount(AttentionScores scores) => Units.Count(scores.Tokens, AttentionScores.BlockRows);

    private static long HeadLength(AttentionScores scores) => scores.TransposedLayout<TLanes>().Length + scores.RowsLayout<TLanes>().Length;

    private void Compute(int head, int firstQuery, int queries, int worker)
    {
        PackedRight values = scores.RowsLayout<TLanes>();
        PackedLeft layout = new(queries, firstQuery + queries);
        float* weights = workers.WorkerScratch(worker, layout.Length + ((long)queries * values.PanelCount * values.PanelWidth));
        float* strip = weights + layout.Length;
        float* keys = packed + (scores.KeyHead(head) * HeadLength(scores));
        Span<float> inverseSums = stackalloc float[AttentionScores.BlockRows];

        scores.Exponentials<TLanes>(head, firstQuery, queries, keys, weights, request: true, inverseSums);
        AttentionProducts<TLanes>.IntoStrip(weights, layout, values, keys + scores.TransposedLayout<TLanes>().Length, strip, request: true);

        MatrixView result = scores.Part(output, head, firstQuery, queries);
        nint stride = values.PanelCount * values.PanelWidth;
        for (int row = 0; row < queries; row++)
            RowArithmetic<TLanes>.Multiply(strip + (row * stride), inverseSums[row], result.Pointer + ((nint)row * result.Stride), result.Columns);
    }

    /// <summary>Packs keys and values; a kernel row is a head of them.</summary>
    private readonly struct PackHeads(AttentionScores scores, MatrixView v, float* packed) : IRowKernel
    {
        private readonly float* packed = packed;

        public void Run(int firstRow, int rowCount, int worker)
        {
            for (int head = firstRow; head < firstRow + rowCount; head++)
            {
                float* keys = packed + (head * HeadLength(scores));
                scores.PackKeys<TLanes>(head, keys);
                AttentionProducts<TLanes>.PackRight(scores.Part(v, head, 0, scores.Tokens), keys + scores.TransposedLayout<TLanes>().Length);
            }
        }
    }
}
