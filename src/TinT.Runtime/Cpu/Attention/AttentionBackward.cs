using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Cpu.Threads;
using TinT.Runtime.Cpu.Tiles;

namespace TinT.Runtime.Cpu.Attention;

/// <summary>
/// Gradients of attention; a kernel row is a head, because every block of its queries adds to the same keys and values. Heads that share keys and values
/// write shares of their gradients, which are summed in the order of the heads: there may be fewer heads of keys than workers.
/// </summary>
/// <typeparam name="TLanes">The vector.</typeparam>
internal readonly unsafe struct AttentionBackward<TLanes>(Workers workers, AttentionScores scores, AttentionGradients gradients) : IRowKernel
    where TLanes : struct, ILanes<TLanes>
{
    public static void Run(Workers workers, AttentionScores scores, AttentionGradients gradients)
    {
        if (gradients.Output.Rows == 0 || gradients.Output.Columns == 0)
            return;
        if (scores.Heads == scores.KeyValueHeads)
        {
            workers.Run(new AttentionBackward<TLanes>(workers, scores, gradients), scores.Heads, 1);
            return;
        }

        (int rows, int columns) = (gradients.Output.Rows, gradients.Output.Columns);
        float* shared = workers.SharedScratch(SharedLength(rows, columns, gradients.Exact));
        MatrixView toValues = new(workers, shared, rows, columns, columns);
        MatrixView toKeys = gradients.Exact ? new(workers, shared + ((long)rows * columns), rows, columns, columns) : default;
        workers.Run(new AttentionBackward<TLanes>(workers, scores, gradients with { ToValues = toValues, ToKeys = toKeys }), scores.Heads, 1);
        workers.Run(new SumGroups(scores.HeadSize, toValues, gradients.ToValues), rows, grain: 8);
        if (gradients.Exact)
            workers.Run(new SumGroups(scores.HeadSize, toKeys, gradients.ToKeys), rows, grain: 8);
    }

    /// <summary>Shared floats where heads share keys and values.</summary>
    public static long SharedLength(int rows, int columns, bool exact) => (exact ? 2L : 1L) * rows * columns;

    public void Run(int firstRow, int rowCount, int worker)
    {
        for (int head = firstRow; head < firstRow + rowCount; head++)
        {
            AttentionBackwardMemory<TLanes> memory = new(workers, worker, scores, gradients);
            int keyHead = scores.KeyHead(head);
            scores.PackKeys<TLanes>(keyHead, memory.Keys);
            new Span<float>(memory.ToValues, memory.StripLength).Clear();
            if (gradients.Exact)
            {
                new Span<float>(memory.ToKeys, memory.StripLength).Clear();
                PackedRight transposed = scores.TransposedLayout<TLanes>();
                new PackRight<TLanes>(scores.Part(gradients.Values, keyHead, 0, scores.Tokens), transposed, memory.Values, transposed: true).Run(
                    0, transposed.BlockCount, 0);
                AttentionProducts<TLanes>.PackRight(scores.Keys(keyHead), memory.KeyRows);
            }

            int rows = gradients.Output.Rows;
            int step = AttentionScores.BlockRows;
            for (int row = 0; row < rows; row += step)
                Accumulate(head, row, Math.Min(step, rows - row), memory);

            PackedRight layout = PackedRight.Plan<TLanes>(scores.HeadSize, 0);
            AttentionProducts<TLanes>.Store(memory.ToValues, layout, scores.Part(gradients.ToValues, head, 0, rows));
            if (gradients.Exact)
                AttentionProducts<TLanes>.Store(memory.ToKeys, layout, scores.Part(gradients.ToKeys, head, 0, rows));
        }
    }

    /// <summary>Adds what a block of queries contributes.</summary>
    private void Accumulate(int head, int row, int queries, in AttentionBackwardMemory<TLanes> memory)
    {
        int query = gradients.FirstRow + row;
        PackedLeft weights = new(queries, query + queries);
        Span<float> inverseSums = stackalloc float[AttentionScores.BlockRows];
        scores.Exponentials<TLanes>(head, query, queries, memory.Keys, memory.Weights, request: false, inverseSums, memory.CapSlopes);
        for (int index = 0; index < queries; index++)
            new AttentionRow<TLanes>(memory.Weights, weights, index, query + index + 1).Multiply(inverseSums[index]);

        // dv += Aᵀ g
        MatrixView output = scores.Part(gradients.Output, head, row, queries);
        PackedRight block = PackedRight.Plan<TLanes>(scores.HeadSize, queries);
        AttentionProducts<TLanes>.PackRight(output, memory.Rows);
        AttentionProducts<TLanes>.AddTransposed(memory.Weights, weights, gradients.FirstRow, block, memory.Rows, memory.ToValues);
        if (!gradients.Exact)
            return;

        // dA = g vᵀ; dS = A ∘ (dA − Σ A dA) / √d
        AttentionProducts<TLanes>.IntoBlocks(
            LeftOperand.Rows(output), scores.TransposedLayout<TLanes>(), memory.Values, memory.Slopes, weights, request: false);
        for (int index = 0; index < queries; index++)
        {
            AttentionRow<TLanes> slopes = new(memory.Weights, weights, index, query + index + 1);
            slopes.ThroughSoftmax(memory.Slopes, scores.Scale);
            if (memory.CapSlopes is not null)
                slopes.Multiply(memory.CapSlopes);
        }

        // dq = dS k
        PackedRight keyRows = scores.RowsLayout<TLanes>();
        AttentionProducts<TLanes>.IntoStrip(memory.Weights, weights, keyRows, memory.KeyRows, memory.ToQueries, request: false);
        AttentionProducts<TLanes>.Store(memory.ToQueries, keyRows, scores.Part(gradients.ToQueries, head, row, queries));

        // dk += dSᵀ q
        AttentionProducts<TLanes>.PackRight(scores.Queries(head, query, queries), memory.Rows);
        AttentionProducts<TLanes>.AddTransposed(memory.Weights, weights, gradients.FirstRow, block, memory.Rows, memory.ToKeys);
    }

    /// <summary>Sums the heads of each group; a kernel row is a token.</summary>
    private readonly struct SumGroups(int headSize, MatrixView heads, MatrixView groups) : IRowKernel
    {
        public void Run(int firstRow, int rowCount, int worker)
        {
            for (int row = firstRow; row < firstRow + rowCount; row++)
                HeadGroups.Sum(heads.Row(row), headSize, groups.Row(row));
        }
    }
}
