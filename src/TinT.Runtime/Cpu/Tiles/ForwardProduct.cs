namespace TinT.Runtime.Cpu.Tiles;

/// <summary>y = x Wᵀ + b (+ residual).</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
/// <remarks>
/// Computed as yᵀ = W xᵀ: the weights are the left operand, whose packing is a plain copy, or widens them, and the tokens are the lanes. Only the
/// small matrices are transposed, x while packing (once, by all workers) and yᵀ tile by tile while it is in the first-level cache.
/// </remarks>
internal static unsafe class ForwardProduct<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    // Depth blocks of the weights that are packed at a time: with the most features of a unit 0.4 MB, which stay in the second-level cache.
    private const int ChunkBlocks = 8;

    /// <summary>Computes the product.</summary>
    public static void Run(Workers workers, MatrixView x, WeightView w, VectorView bias, MatrixView residual, MatrixView y)
    {
        if (x.Rows == 0 || w.Rows == 0)
            return;

        PackedRight tokens = PackedRight.Plan<TLanes>(x.Rows, x.Columns);
        float* panels = workers.SharedScratch(tokens.Length);
        workers.Run(new PackRight<TLanes>(x, tokens, panels, transposed: true), tokens.BlockCount, PackingGrain.Of(tokens));

        workers.Run(new Kernel(workers, tokens, panels, w, bias, residual, y), Units.Count(w.Rows, TileShape.Rows), Units.Grain(w.Rows, workers.Count), Units.MostTiles);
    }

    /// <summary>Floats that a worker needs for some output features.</summary>
    public static long UnitLength(PackedRight tokens, int features)
    {
        long padded = TileStrip<TLanes>.PadRows(features);
        bool whole = tokens.DepthBlocks <= ChunkBlocks;
        return padded * ((Math.Min(tokens.DepthBlocks, ChunkBlocks) * TileShape.DepthStride) + ((whole ? 1 : tokens.PanelCount) * tokens.PanelWidth));
    }

    /// <summary>A kernel row is a tile of output features.</summary>
    private readonly struct Kernel(
        Workers workers, PackedRight tokens, float* panels, WeightView w, VectorView bias, MatrixView residual, MatrixView y) : IRowKernel
    {
        private readonly float* panels = panels;

        public void Run(int firstRow, int rowCount, int worker)
        {
            for (int row = firstRow; row < firstRow + rowCount; row += Units.MostTiles)
            {
                int feature = row * TileShape.Rows;
                int tiles = Math.Min(Units.MostTiles, firstRow + rowCount - row);
                Multiply(feature, Math.Min(tiles * TileShape.Rows, w.Rows - feature), worker);
            }
        }

        private void Multiply(int feature, int features, int worker)
        {
            int padded = TileStrip<TLanes>.PadRows(features);
            float* left = workers.WorkerScratch(worker, UnitLength(tokens, features));
            float* sums = left + ((nint)Math.Min(tokens.DepthBlocks, ChunkBlocks) * padded * TileShape.DepthStride);
            nint sumsLength = tokens.DepthBlocks <= ChunkBlocks ? 0 : padded * tokens.PanelWidth;
            if (tokens.Depth == 0)
                new Span<float>(sums, padded * tokens.PanelWidth).Clear();

            int first = 0;
            do
            {
                int end = Math.Min(tokens.DepthBlocks, first + ChunkBlocks);
                for (int panel = 0; panel < tokens.PanelCount; panel++)
                {
                    float* tile = sums + (panel * sumsLength);
                    MultiplyPanel(feature, features, panel, first, end, left, tile);
                    if (end == tokens.DepthBlocks)
                        Finish(tile, feature, features, panel * tokens.PanelWidth);
                }

                first = end;
            }
            while (first < tokens.DepthBlocks);
        }

        /// <summary>Multiplies a chunk of the depth with one panel of tokens; the first panel packs the weights.</summary>
        private void MultiplyPanel(int feature, int features, int panel, int firstBlock, int endBlock, float* left, float* tile)
        {
            int padded = TileStrip<TLanes>.PadRows(features);
            int columns = Math.Min(tokens.PanelWidth, tokens.Columns - (panel * tokens.PanelWidth));
            bool lastPanel = panel == tokens.PanelCount - 1;
            for (int block = firstBlock; block < endBlock; block++)
            {
                int depth = tokens.DepthOf(block);
                float* leftBlock = left + ((nint)(block - firstBlock) * padded * TileShape.DepthStride);
                if (panel == 0)
                    Packing<TLanes>.LeftRows(w, feature, block * TileShape.Depth, features, depth, leftBlock, padded);

                int steps = TileStrip<TLanes>.PrefetchSteps(padded, depth);
                bool lastBlock = block == endBlock - 1;
                Prefetcher ahead = default;
                if (panel == 0 && !lastBlock)
                    ahead = Weights(feature, features, block + 1, steps);
                else if (lastPanel && lastBlock)
                    ahead = endBlock < tokens.DepthBlocks ? Weights(feature, features, endBlock, steps) : Weights(feature + (features * workers.Count), features, 0, steps);
                else if (lastBlock && endBlock == tokens.DepthBlocks)
                    ahead = new Prefetcher(y.Pointer + ((nint)panel * tokens.PanelWidth * y.Stride) + feature, y.Stride, columns, features, steps);

                (int nextPanel, int nextBlock) = !lastBlock ? (panel, block + 1) : !lastPanel ? (panel + 1, firstBlock) : (0, endBlock % tokens.DepthBlocks);
                ahead.Add(panels + tokens.Offset(nextBlock, nextPanel), tokens.DepthOf(nextBlock) * tokens.PanelWidth, steps);

                TileStrip<TLanes>.Multiply(padded, columns, depth, leftBlock, panels + tokens.Offset(block, panel), tile, tokens.PanelWidth, block > 0, ref ahead);
            }
        }

        /// <summary>Requests weights that are packed soon; with those of another unit it is the one this worker will probably take.</summary>
        private Prefetcher Weights(int feature, int features, int block, int steps) =>
            new(w, feature, block * TileShape.Depth, Math.Clamp(w.Rows - feature, 0, features), tokens.DepthOf(block), steps);

        /// <summary>Writes a finished tile of yᵀ into y.</summary>
        private void Finish(float* tile, int feature, int features, nint token)
        {
            int stride = tokens.PanelWidth;
            int tokenCount = Math.Min(stride, tokens.Columns - (int)token);
            float* result = y.Pointer + (token * y.Stride) + feature;
            float* biasPart = bias.Pointer + feature;
            float* residualPart = residual.Pointer + (token * residual.Stride) + feature;
            bool biased = bias.Length > 0;
            if (residual.Rows > 0)
            {
                if (biased)
                    Packing<TLanes>.Transpose(tile, stride, features, tokenCount, result, y.Stride, new BlockAddends<On, On>(biasPart, residualPart, residual.Stride), true);
                else
                    Packing<TLanes>.Transpose(tile, stride, features, tokenCount, result, y.Stride, new BlockAddends<Off, On>(biasPart, residualPart, residual.Stride), true);
            }
            else if (biased)
            {
                Packing<TLanes>.Transpose(tile, stride, features, tokenCount, result, y.Stride, new BlockAddends<On, Off>(biasPart, residualPart, 0), true);
            }
            else
            {
                Packing<TLanes>.Transpose(tile, stride, features, tokenCount, result, y.Stride, default(BlockAddends<Off, Off>), true);
            }
        }
    }
}
