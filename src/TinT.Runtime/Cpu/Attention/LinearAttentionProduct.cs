using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Cpu.Threads;
using TinT.Runtime.Cpu.Tiles;

namespace TinT.Runtime.Cpu.Attention;

/// <summary>result −= scale · (queries keysᵀ + offset) values: attention without softmax.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
/// <remarks>
/// Keys and values are packed once, by all workers. A worker takes some queries, makes their scores in the order in which the second
/// product reads its left operand, and adds that product to the result: scores never leave the caches of its core.
/// </remarks>
internal static unsafe class LinearAttentionProduct<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Floats that a worker needs for some queries: their scores, and a tile of the result.</summary>
    public static long UnitLength(int queries, PackedRight values) => new PackedLeft(queries, values.Depth).Length + ((long)queries * values.PanelWidth);

    /// <summary>Computes the correction.</summary>
    public static void Run(
        Workers workers, MatrixView queries, MatrixView keys, MatrixView values, float scale, float offset, MatrixView result)
    {
        if (queries.Rows == 0 || keys.Rows == 0 || result.Columns == 0)
            return;

        PackedRight scores = PackedRight.Plan<TLanes>(keys.Rows, keys.Columns);
        PackedRight sums = PackedRight.Plan<TLanes>(values.Columns, values.Rows);
        float* packedKeys = workers.SharedScratch(scores.Length + sums.Length);
        float* packedValues = packedKeys + scores.Length;
        workers.Run(new PackRight<TLanes>(keys, scores, packedKeys, transposed: true), scores.BlockCount, PackingGrain.Of(scores));
        workers.Run(new PackRight<TLanes>(values, sums, packedValues, transposed: false), sums.BlockCount, PackingGrain.Of(sums));

        workers.Run(
            new Kernel(workers, queries, scores, packedKeys, sums, packedValues, -scale, offset, result),
            Units.Count(queries.Rows, TileShape.Rows),
            Units.Grain(queries.Rows, workers.Count),
            Units.MostTiles);
    }

    /// <summary>A kernel row is a tile of queries.</summary>
    private readonly struct Kernel(
        Workers workers,
        MatrixView queries,
        PackedRight scores,
        float* packedKeys,
        PackedRight sums,
        float* packedValues,
        float factor,
        float offset,
        MatrixView result) : IRowKernel
    {
        private readonly float* packedKeys = packedKeys;
        private readonly float* packedValues = packedValues;

        public void Run(int firstRow, int rowCount, int worker)
        {
            for (int row = firstRow; row < firstRow + rowCount; row += Units.MostTiles)
            {
                int query = row * TileShape.Rows;
                int tiles = Math.Min(Units.MostTiles, firstRow + rowCount - row);
                Attend(query, Math.Min(tiles * TileShape.Rows, queries.Rows - query), worker);
            }
        }

        private void Attend(int query, int count, int worker)
        {
            PackedLeft weights = new(count, sums.Depth);
            float* block = workers.WorkerScratch(worker, UnitLength(count, sums));
            float* tile = block + weights.Length;

            AttentionProducts<TLanes>.IntoBlocks(LeftOperand.Rows(queries.RowRange(query, count)), scores, packedKeys, block, weights, request: false);
            for (int part = 0; part < weights.DepthBlocks; part++)
            {
                for (int row = 0; row < count; row++)
                    RowArithmetic<TLanes>.Affine(block + weights.Offset(part) + (row * TileShape.DepthStride), offset, factor, weights.DepthOf(part));
            }

            for (int panel = 0; panel < sums.PanelCount; panel++)
                Add(query, count, panel, weights, block, tile);
        }

        /// <summary>Adds the product with one panel of values; by way of a tile where the panel is not whole.</summary>
        private void Add(int query, int count, int panel, PackedLeft weights, float* block, float* tile)
        {
            int column = panel * sums.PanelWidth;
            int columns = Math.Min(sums.PanelWidth, sums.Columns - column);
            MatrixView target = result.RowRange(query, count).ColumnRange(column, columns);
            bool direct = columns == sums.PanelWidth;
            float* product = direct ? target.Pointer : tile;
            int stride = direct ? target.Stride : sums.PanelWidth;
            for (int row = 0; row < count && !direct; row++)
                RowArithmetic<TLanes>.Store(target.Pointer + ((nint)row * target.Stride), tile + (row * stride), columns, accumulate: false);

            Prefetcher nothing = default;
            for (int part = 0; part < weights.DepthBlocks; part++)
            {
                TileOperands operands = new()
                {
                    Depth = weights.DepthOf(part),
                    Left = block + weights.Offset(part),
                    LeftStride = TileShape.DepthStride,
                    LeftStep = 1,
                    Panel = packedValues + sums.Offset(part, panel),
                    Accumulate = true,
                    Sums = product,
                    SumsStride = stride,
                    Result = product,
                    ResultStride = stride,
                };
                TileStrip<TLanes>.Multiply(count, columns, operands, ref nothing);
            }

            for (int row = 0; row < count && !direct; row++)
                RowArithmetic<TLanes>.Store(tile + (row * stride), target.Pointer + ((nint)row * target.Stride), columns, accumulate: false);
        }
    }
}
